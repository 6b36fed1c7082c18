// Packs the wrapper and a package of each platform: pack.mjs DIST OUT VERSION PLATFORM..., as `make npm` calls it.
import {execFileSync} from 'node:child_process';
import {chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const [dist, out, version, ...platforms] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const licence = join(here, '../../../LICENSE');
const theirs = {windows: 'win32', amd64: 'x64'}; // names of Node for those of Go
rmSync(out, {recursive: true, force: true});

function pack(folder, files, manifest) {
  mkdirSync(folder, {recursive: true});
  for (const [from, to, mode] of [...files, [licence, 'LICENSE', 0o644]]) {
    copyFileSync(from, join(folder, to));
    chmodSync(join(folder, to), mode);
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2) + '\n');
  execFileSync('npm', ['pack', '--silent', '--pack-destination', '..'], {cwd: folder, stdio: 'inherit'});
}

const wrapper = JSON.parse(readFileSync(join(here, 'package.json')));
for (const platform of platforms) {
  const [goos, goarch] = platform.split('/');
  const [os, cpu] = [theirs[goos] ?? goos, theirs[goarch] ?? goarch];
  const binary = goos === 'windows' ? 'rollcall.exe' : 'rollcall';
  pack(join(out, `${os}-${cpu}`), [[join(dist, `${goos}_${goarch}`, binary), binary, 0o755]], {
    name: `@rollcall/${os}-${cpu}`, version, license: wrapper.license, os: [os], cpu: [cpu], preferUnplugged: true,
    description: `${wrapper.description}: the binary`, files: [binary, 'LICENSE'],
  });
}
pack(join(out, 'rollcall'), [[join(here, 'rollcall.js'), 'rollcall.js', 0o755]], wrapper);
