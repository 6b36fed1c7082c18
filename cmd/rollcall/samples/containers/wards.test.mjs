// The same in a container, for tests that have all their services there: `make image`, then `npm install && npm test` here.
import {describe, it, before, after} from 'node:test';
import assert from 'node:assert/strict';
import {GenericContainer, Wait} from 'testcontainers';
import {client} from '../rollcall.mjs';

describe('wards', {concurrency: true}, () => {
  let mock;
  before(async () => {
    const token = 'of this test alone'.replaceAll(' ', '-'); // off loopback, the control API wants one
    const container = await new GenericContainer(process.env.ROLLCALL_IMAGE ?? 'rollcall:0.1.0')
      .withCommand(['mock', 'council'])
      .withEnvironment({ROLLCALL_ADMIN_TOKEN: token})
      .withExposedPorts(4010)
      .withWaitStrategy(Wait.forHealthCheck())
      .start();
    mock = client(`http://${container.getHost()}:${container.getMappedPort(4010)}`, token, () => container.stop());
  });
  after(() => mock?.stop());

  for (const n of [1, 2]) {
    it(`adds a ward, whoever else does so (${n})`, () => mock.inAWorld('council', async (base, headers) => {
      const answer = await fetch(`${base}/api/wards`,
        {method: 'POST', headers: {...headers, 'Content-Type': 'application/json'}, body: JSON.stringify({name: 'Harbour'})});
      assert.equal(answer.status, 201);
    }));
  }
});
