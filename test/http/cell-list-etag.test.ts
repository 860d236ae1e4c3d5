import assert from 'node:assert/strict'
import http from 'node:http'
import { after, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { addUser, startFixture } from './server-fixture.ts'

// Lists of cells are asked for again and again, and rarely change.

const path = '/api/portal/v1/charts/cells'
const fixture = await startFixture()
after(() => fixture[Symbol.asyncDispose]())
const user = await addUser(fixture, 'mate')
const other = await addUser(fixture, 'other')

async function insertCell(name: string, accountId: number | null): Promise<void> {
  await sql`
    insert into cell (id, name, account_id, source, edition, update_number, producer, usage_band, compilation_scale, coverage, west, south,
      east, north, feature_count, features_by_class, warnings, blob_key, byte_size)
    values (gen_random_uuid(), ${name}, ${accountId}, 'noaa', 1, 0, 550, 5, 20000, '{"type":"MultiPolygon","coordinates":[]}', 0, 0, 1, 1, 0,
      '{}', '[]', 'none', 1)
  `.execute(fixture.db)
}

/** One request on its own socket, so that nothing decodes the answer. */
async function get(headers: Record<string, string>, token = user.token) {
  const request = http.get(fixture.origin + path, { agent: false, headers: { authorization: `Bearer ${token}`, ...headers } })
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>()
  request.on('response', resolve).on('error', reject)
  const answer = await promise
  const body = Buffer.concat(await Array.fromAsync(answer as AsyncIterable<Buffer>))
  return { status: answer.statusCode, headers: answer.headers, body }
}

for (let n = 0; n < 20; n++) await insertCell(`XX5AAAA${String.fromCharCode(65 + n)}`, null)

test('a list of cells has a strong ETag for each encoding, and is 304 while it is the same', async () => {
  const plain = await get({})
  const zipped = await get({ 'accept-encoding': 'gzip' })
  assert.match(String(plain.headers.etag), /^"[0-9a-f]{32}"$/)
  assert.equal(zipped.headers.etag, String(plain.headers.etag).replace(/"$/, '-gzip"'))
  assert.deepEqual(gunzipSync(zipped.body), plain.body)
  assert.match(String(plain.headers.vary), /Accept-Encoding/i)
  for (const [first, encoding] of [
    [plain, {}],
    [zipped, { 'accept-encoding': 'gzip' }],
  ] as const) {
    const again = await get({ ...encoding, 'if-none-match': String(first.headers.etag) })
    assert.deepEqual([again.status, again.body.length, again.headers.etag], [304, 0, first.headers.etag])
  }
  assert.equal((await get({ 'if-none-match': String(zipped.headers.etag) })).status, 200, 'the tag of the other encoding')
})

test('a change of the cells of the account changes its list, and no other', async () => {
  const own = String((await get({})).headers.etag)
  const foreign = String((await get({}, other.token)).headers.etag)
  await insertCell('XX5BBBBB', user.accountId)
  assert.equal((await get({ 'if-none-match': own })).status, 200)
  assert.equal((await get({ 'if-none-match': foreign }, other.token)).status, 304)
})

test('a refused request has no ETag', async () => {
  const answer = await fixture.call('GET', `${path}?limit=0`, { token: user.token })
  assert.equal(answer.status, 400)
  assert.equal(answer.headers.get('etag'), null)
})
