// The client of an application, tested against the mock: one server, a world for each test, no reset.
import {describe, it, before, after} from 'node:test';
import assert from 'node:assert/strict';
import {start} from './rollcall.mjs';

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
  let mock;
  before(async () => { mock = await start('council'); });
  after(() => mock.stop());

  // A test that runs beside others keeps its world to itself.
  const inAWorld = (test) => mock.inAWorld('council', (base, headers, world) => test(new Wards(base, headers), world));

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
    await mock.admin('POST', `/worlds/${world}/faults`, {operation: 'createWard', status: 503, times: 1});
    assert.equal((await wards.add('Harbour')).status, 201);
    const {count} = await mock.admin('POST', `/requests/count?world=${world}`, {operation: 'createWard'});
    assert.equal(count, 2);
  }));
});
