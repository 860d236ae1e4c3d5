import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { DISK_RESERVE_BYTES } from '#http/uploads/disk-reserve.ts'
import { assertProblem } from '../http/assert-problem.ts'
import { startFixture } from '../http/server-fixture.ts'

let free = Number.MAX_SAFE_INTEGER
const fixture = await startFixture({ freeDiskBytes: async () => free })
after(() => fixture[Symbol.asyncDispose]())
const token = await fixture.adminSession()
const PACK = { bbox: [-35.05, 42.85, -34.8, 43.05], minZoom: 6, maxZoom: 8, format: 'pmtiles', kind: 'vector' }
const URL = '/api/portal/v1/exports'

interface Estimate {
  bytes: number
  fits: boolean
}
const estimate = async () => (await fixture.call('POST', `${URL}/estimate`, { token, json: PACK })).body as Estimate

test('an estimate says whether the disk has room for the pack, which is refused where it has none', async () => {
  const { bytes, fits } = await estimate()
  assert.ok(fits)
  // The archive and the zip that holds it are there side by side, beside what the server keeps free.
  const needed = 2 * bytes + DISK_RESERVE_BYTES
  free = needed
  assert.equal((await estimate()).fits, true)
  free = needed - 1
  assert.equal((await estimate()).fits, false)
  assertProblem(await fixture.call('POST', URL, { token, json: PACK }), 507, 'STORAGE_FULL')
  assert.deepEqual((await fixture.call('GET', URL, { token })).body, { exports: [] })
})
