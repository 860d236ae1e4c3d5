import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { after, before, test } from 'node:test'
import { sampleCell, zipOf } from '#test/cells.ts'
import { startServerProcess } from '#test/server-process.ts'
import {
  assertProblemAnswer,
  assertUnauthorized,
  type ContractServer,
  callAt,
  isTime,
  keysOf,
  startContractServer,
} from './contract-server.ts'

// The documented pages on charts, row by row and status by status, against the real server.

interface Upload {
  id: number
  filename: string
  fileSize: number
  status: string
  createdAt: number
  updatedAt: number
  uploaderEmail: string
  totalCharts: number
  expiredCharts: number
  logs: { timestamp: string; type: string; message: string }[]
}

const CHARTS = '/api/portal/v1/charts'
const S63 = { S63_MANUFACTURER_ID: '10', S63_MANUFACTURER_KEY: '98765', S63_HARDWARE_ID: '12345' }
const UPLOAD_KEYS = [
  ...['createdAt', 'expiredCharts', 'fileSize', 'filename', 'id', 'logs', 'status', 'totalCharts', 'updatedAt', 'uploaderEmail'],
]

let server: ContractServer
before(async () => {
  server = await startContractServer(S63)
})
after(() => server?.close())

const cell = (name: string) => sampleCell({ name, edition: 1, updateNumber: 0 })
const list = async (query = '', token = server.admin) =>
  await server.call<{ uploads: Upload[]; pagination: { limit: number; offset: number } }>('GET', `${CHARTS}/uploads${query}`, {
    token,
  })
async function uploaded(filename: string, content: Uint8Array): Promise<number> {
  const { status, body } = await server.upload(filename, content)
  assert.equal(status, 200)
  await server.uploadEnds(body.upload.id)
  return body.upload.id
}

test('Upload File accepts a cell and a zip, answers with a pending record, and the charts become usable', async () => {
  const content = cell('XX5CNTRA')
  const single = await server.upload('XX5CNTRA.000', content)
  assert.equal(single.status, 200)
  const { id, ...rest } = single.body.upload
  assert.ok(Number.isInteger(id))
  assert.deepEqual(
    [keysOf(single.body), rest],
    [['upload'], { filename: 'XX5CNTRA.000', fileSize: content.length, status: 'pending' }],
  )
  assert.equal(await server.uploadEnds(id), 'succeeded')
  const zip = await zipOf([{ path: 'ENC_ROOT/XX5CNTRB/XX5CNTRB.000', content: cell('XX5CNTRB') }])
  const set = await server.upload('set.zip', zip)
  assert.equal(set.status, 200)
  assert.equal(await server.uploadEnds(set.body.upload.id), 'succeeded')
})

test('Upload File is 400 without a file and for a type that is not accepted, and 401 without a token', async () => {
  const empty = new FormData()
  empty.append('name', 'no file')
  const refused = [
    await server.call('POST', `${CHARTS}/upload`, { body: empty }),
    await server.upload('notes.pdf', 'notes'),
    await server.upload('US5MA10M.gml', 'notes'),
    await server.call('POST', `${CHARTS}/upload`, { json: {} }),
  ]
  for (const [i, answer] of refused.entries()) {
    assert.equal(answer.status, 400, String(i))
    assertProblemAnswer(answer)
  }
  await assertUnauthorized(server, 'POST', `${CHARTS}/upload`)
})

test('Get Permit returns the user permit; 401 without a token', async () => {
  const answer = await server.call<{ permitId: string }>('GET', `${CHARTS}/getPermit`)
  assert.equal(answer.status, 200)
  assert.deepEqual(keysOf(answer.body), ['permitId'])
  assert.match(answer.body.permitId, /^[0-9A-F]{28}$/)
  await assertUnauthorized(server, 'GET', `${CHARTS}/getPermit`)
})

test('List Uploads returns the uploads of the account, newest first, in pages without a total', async () => {
  const older = await uploaded('XX5CNTRC.000', cell('XX5CNTRC'))
  const newer = await uploaded('XX5CNTRD.000', cell('XX5CNTRD'))
  const all = await list()
  assert.equal(all.status, 200)
  assert.deepEqual([keysOf(all.body), all.body.pagination], [['pagination', 'uploads'], { limit: 100, offset: 0 }])
  const ids = all.body.uploads.map(({ id }) => id)
  assert.deepEqual(ids.slice(0, 2), [newer, older])
  for (const upload of all.body.uploads) {
    assert.deepEqual(keysOf(upload), UPLOAD_KEYS)
    assert.deepEqual([upload.uploaderEmail, upload.expiredCharts, upload.totalCharts], ['admin', 0, 1])
    assert.ok(isTime(upload.createdAt) && isTime(upload.updatedAt))
    assert.ok(upload.logs.length > 0)
    for (const line of upload.logs) {
      assert.deepEqual(keysOf(line), ['message', 'timestamp', 'type'])
      assert.match(line.timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/)
      assert.ok(['info', 'warning', 'error'].includes(line.type))
    }
  }
  const second = await list('?limit=1&offset=1')
  assert.deepEqual(second.body, { uploads: all.body.uploads.slice(1, 2), pagination: { limit: 1, offset: 1 } })
  assert.deepEqual((await list('', server.other)).body.uploads, [])
  await assertUnauthorized(server, 'GET', `${CHARTS}/uploads`)
})

test('Get Upload returns one record; 401, and 404 for an unknown one and another account’s', async () => {
  const id = await uploaded('XX5CNTRE.000', cell('XX5CNTRE'))
  const one = await server.call('GET', `${CHARTS}/uploads/${id}`)
  const listed = (await list()).body.uploads.find((upload) => upload.id === id)
  assert.deepEqual([one.status, one.body], [200, { upload: listed }])
  assert.equal((await server.call('GET', `${CHARTS}/uploads/${id}`, { token: server.other })).status, 404)
  assert.equal((await server.call('GET', `${CHARTS}/uploads/999999`)).status, 404)
  await assertUnauthorized(server, 'GET', `${CHARTS}/uploads/${id}`)
})

test('Delete Upload schedules the deletion, and the upload leaves the list at once; 401 and 404', async () => {
  const id = await uploaded('XX5CNTRF.000', cell('XX5CNTRF'))
  await assertUnauthorized(server, 'DELETE', `${CHARTS}/uploads/${id}`)
  assert.equal((await server.call('DELETE', `${CHARTS}/uploads/${id}`, { token: server.other })).status, 404)
  assert.equal((await server.call('DELETE', `${CHARTS}/uploads/999999`)).status, 404)
  const answer = await server.call('DELETE', `${CHARTS}/uploads/${id}`)
  assert.deepEqual([answer.status, answer.body], [200, { message: 'Upload deletion scheduled' }])
  assert.ok(!(await list()).body.uploads.some((upload) => upload.id === id))
})

test('a broken cell gives an upload that failed, with the reason in its log', async () => {
  const { body } = await server.upload('XX5CNTRG.000', cell('XX5CNTRG').subarray(0, 1_000))
  assert.equal(await server.uploadEnds(body.upload.id), 'failed')
  const upload = (await list()).body.uploads.find(({ id }) => id === body.upload.id)
  assert.ok(upload?.logs.some(({ type }) => type === 'error'))
})

test('a file above 1 GB is 400, not 413', async () => {
  const { hostname, port } = new URL(server.url)
  const headers = {
    ...{ authorization: `Bearer ${server.admin}`, 'content-type': 'multipart/form-data; boundary=x' },
    ...{ 'content-length': String(2 * 2 ** 30) },
  }
  const sent = request({ hostname, port, method: 'POST', path: `${CHARTS}/upload`, headers })
  sent.on('error', () => undefined)
  sent.flushHeaders()
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  assert.deepEqual([answer.statusCode, answer.headers['content-type']], [400, 'application/problem+json'])
  sent.destroy()
})

test('Get Permit is 404 on a server without an S-63 identity', async () => {
  const environment = Object.fromEntries(Object.entries(server.environment).filter(([name]) => !(name in S63)))
  const plain = await startServerProcess(environment)
  try {
    const permit = await callAt(plain.url, 'GET', `${CHARTS}/getPermit`, { token: server.admin })
    assert.equal(permit.status, 404)
    assertProblemAnswer(permit)
  } finally {
    await plain.end('SIGTERM')
  }
})
