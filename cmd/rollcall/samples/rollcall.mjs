// Starts the mock for the tests of one file, and ends it. Where ROLLCALL_URL names one that runs, that one serves.
import {spawn} from 'node:child_process';
import {createInterface} from 'node:readline';

export async function start(...contracts) {
  if (process.env.ROLLCALL_URL) return client(process.env.ROLLCALL_URL, process.env.ROLLCALL_ADMIN_TOKEN, async () => {});
  const mock = spawn(process.env.ROLLCALL_BINARY ?? 'rollcall', ['mock', ...contracts, '--port', '0'],
    {stdio: ['ignore', 'pipe', 'inherit']});
  let why = 'it ended before it was ready';
  mock.on('error', (error) => { why = `${error.message}; name its binary by ROLLCALL_BINARY`; });
  const gone = new Promise((over) => mock.on('close', over));
  for await (const line of createInterface(mock.stdout)) {
    const ready = line.match(/^ready: (\S+)/);
    if (!ready) continue;
    mock.stdout.resume(); // what else it says is nobody's concern, and must not fill the pipe
    return client(ready[1], undefined, async () => { mock.kill(); await gone; });
  }
  await gone;
  throw new Error(`the mock did not start: ${why}`);
}

// client is what a test needs of the control API. A world has an address of its own, so that what is under test knows nothing of it.
export function client(url, token, stop) {
  async function admin(method, path, body) {
    const headers = {'Content-Type': 'application/json', ...(token && {Authorization: `Bearer ${token}`})};
    const answer = await fetch(`${url}/__admin${path}`, {method, headers, body: body && JSON.stringify(body)});
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? null : answer.json();
  }
  async function inAWorld(contract, test) {
    const target = await admin('GET', `/targets/${contract}`);
    const {id} = await admin('POST', '/worlds');
    try {
      await test(`${url}/__worlds/${id}${target.url.slice(url.length)}`, target.personas.default.headers, id);
    } finally { await admin('DELETE', `/worlds/${id}`); }
  }
  return {url, admin, inAWorld, stop};
}
