import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { demoCells } from '#demo/demo-cells.ts'
import { prepareCell, showCell } from '#test/chart-cells.ts'
import { startFixture } from './server-fixture.ts'

const fixture = await startFixture()
after(() => fixture[Symbol.asyncDispose]())
const token = await fixture.adminSession()
for (const { files } of demoCells()) await showCell(fixture.db, fixture.tiles, prepareCell(files))

interface Page {
  cells: { name: string; coverage: { type: string } }[]
  pagination?: { limit: number; nextCursor: string | null }
}

/** Sends a request without decoding the answer. */
async function raw(path: string, encoding?: string): Promise<{ headers: NodeJS.Dict<string | string[]>; body: Buffer }> {
  const headers = { authorization: `Bearer ${token}`, ...(encoding === undefined ? {} : { 'accept-encoding': encoding }) }
  return await new Promise((resolve, reject) => {
    const sent = request(fixture.origin + path, { headers }, async (answer) => {
      const body = Buffer.concat(await Array.fromAsync(answer as AsyncIterable<Buffer>))
      resolve({ headers: answer.headers, body })
    })
    sent.once('error', reject).end()
  })
}

const page = async (query: string) => (await fixture.call('GET', `/api/v1/cells${query}`, { token })).body as Page

test('JSON over 1 kB is compressed for clients that accept gzip, streamed or not', async () => {
  for (const path of ['/api/v1/cells', '/api/v1/cells?limit=1000', '/api/openapi.json']) {
    const plain = await raw(path)
    assert.equal(plain.headers['content-encoding'], undefined)
    assert.match(String(plain.headers['vary']), /Accept-Encoding/)
    const zipped = await raw(path, 'gzip')
    assert.equal(zipped.headers['content-encoding'], 'gzip')
    assert.deepEqual(gunzipSync(zipped.body), plain.body)
    assert.ok(zipped.body.length < plain.body.length)
  }
})

test('small answers and answers with a token are not compressed', async () => {
  for (let count = 0; count < 20; count++) {
    await fixture.call('POST', '/api/portal/v1/apiTokens', { token, json: { name: `token ${count}` } })
  }
  const paths = ['/health/live', '/api/portal/v1/apiTokens', '/api/v2/tiles/enc-v2.json']
  for (const path of paths) assert.equal((await raw(path, 'gzip')).headers['content-encoding'], undefined, path)
})

test('the pages of /api/v1/cells add up to the whole answer, which has no member for paging', async () => {
  const whole = await page('')
  assert.ok(whole.cells.length > 2)
  assert.deepEqual(Object.keys(whole), ['cells'])
  const collected: Page['cells'] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const next: Page = await page(`?limit=2&cursor=${cursor}`)
    assert.ok(next.cells.length <= 2)
    collected.push(...next.cells)
    cursor = next.pagination?.nextCursor ?? null
  }
  assert.deepEqual(collected, whole.cells)
  assert.deepEqual((await page('?bbox=0,0,1,1')).cells, [])
})

test('a cursor that the server did not issue is refused', async () => {
  for (const cursor of ['x', 'b3du', Buffer.from('other XX').toString('base64url')]) {
    const { status, body } = await fixture.call('GET', `/api/v1/cells?cursor=${cursor}`, { token })
    assert.deepEqual([status, (body as { code: string }).code], [400, 'CURSOR_INVALID'])
  }
})
