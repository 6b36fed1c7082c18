// The client of an application, tested against the mock: one server, a world for each test, no reset.
import {describe, it, before} from 'node:test';
import assert from 'node:assert/strict';

const mock = process.env.ROLLCALL_URL ?? 'http://127.0.0.1:4010';
const token = process.env.ROLLCALL_ADMIN_TOKEN;

async function admin(method, path, body) {
  const headers = {'Content-Type': 'application/json', ...(token && {Authorization: `Bearer ${token}`})};
  const answer = await fetch(`${mock}/__admin${path}`, {method, headers, body: body && JSON.stringify(body)});
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.status === 204 ? null : answer.json();
}

// What is under test: it knows a base address and a credential, and nothing of worlds.
class Wards {
  constructor(base, headers) { this.base = base; this.headers = {...headers, 'Content-Type': 'application/json'}; }
  async list() { return (await fetch(`${this.base}/api/wards`, {headers: this.headers})).json(); }
  async add(name) {
    const send = () => fetch(`${this.base}/api/wards`, {method: 'POST', headers: this.headers, body: JSON.stringify({name})});
    let answer = await send();
    if (answer.status === 503) answer = await send(); // once more
    return {status: answer.status, body: await answer.json()};
  }
}

describe('wards', {concurrency: true}, () => {
  let headers;
  let base;
  before(async () => {
    const target = await admin('GET', '/targets/council');
    headers = target.personas.default.headers;
    base = target.url.slice(mock.length);
  });

  // A test that runs beside others keeps its world to itself.
  async function inAWorld(test) {
    const {id} = await admin('POST', '/worlds');
    try {
      await test(new Wards(`${mock}/__worlds/${id}${base}`, headers), id);
    } finally { await admin('DELETE', `/worlds/${id}`); }
  }

  for (const n of [1, 2, 3]) {
    it(`adds a ward, whoever else does so (${n})`, () => inAWorld(async (wards) => {
      assert.equal((await wards.add('Harbour')).status, 201);
      assert.ok((await wards.list()).some((ward) => ward.name === 'Harbour'));
    }));
  }

  it('is refused a name that is taken', () => inAWorld(async (wards) => {
    await wards.add('Harbour');
    const again = await wards.add('Harbour');
    assert.equal(again.status, 409);
    assert.match(again.body.error, /Harbour/);
  }));

  it('tries again when the service is away for a moment', () => inAWorld(async (wards, world) => {
    await admin('POST', `/worlds/${world}/faults`, {operation: 'createWard', status: 503, times: 1});
    assert.equal((await wards.add('Harbour')).status, 201);
    const {count} = await admin('POST', `/requests/count?world=${world}`, {operation: 'createWard'});
    assert.equal(count, 2);
  }));
});
