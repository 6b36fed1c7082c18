#!/usr/bin/env node
// Starts the binary of this platform, which its optional dependency has brought, and ends as it does.
'use strict';
const {spawn} = require('node:child_process');

const name = `@rollcall/${process.platform}-${process.arch}`;
let binary;
try {
  binary = require.resolve(`${name}/rollcall${process.platform === 'win32' ? '.exe' : ''}`);
} catch {
  console.error(`rollcall: ${name} is not installed. Either there is no binary for this platform, or optional dependencies ` +
    'were left out: install again without --omit=optional.');
  process.exit(2);
}
const child = spawn(binary, process.argv.slice(2), {stdio: 'inherit'});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) {
  try { process.on(signal, () => child.kill(signal)); } catch { /* this platform has no such signal */ }
}
child.on('error', (problem) => { console.error(`rollcall: ${problem.message}`); process.exit(2); });
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 70 : 0)));
