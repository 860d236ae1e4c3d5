import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { DISK_RESERVE_BYTES } from '#http/uploads/disk-reserve.ts'
import { assertProblem } from './assert-problem.ts'
import { startFixture } from './server-fixture.ts'

let free = Number.MAX_SAFE_INTEGER
const fixture = await startFixture({ freeDiskBytes: async () => free })
after(() => fixture[Symbol.asyncDispose]())
const token = await fixture.adminSession()
const GIGABYTE = 1024 ** 3

/** Sends the head of a request and reads until the server closes the connection, or until `last` arrives. */
async function sendHead(lines: string[], last?: string, path = '/api/portal/v1/charts/upload'): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(fixture.origin).port) })
  socket.write(`${[`POST ${path} HTTP/1.1`, 'Host: x', ...lines].join('\r\n')}\r\n\r\n`)
  let received = ''
  socket.setEncoding('utf8')
  for await (const text of socket) {
    received += text
    if (last !== undefined && received.includes(last)) break
  }
  socket.destroy()
  return received
}

const form = ['Content-Type: multipart/form-data; boundary=x', 'Expect: 100-continue']
const bearer = `Authorization: Bearer ${token}`

test('a client that waits for 100 Continue gets it only with a valid token', async () => {
  const refused = await sendHead([...form, 'Content-Length: 1000000', `Authorization: Bearer ${'0'.repeat(32)}`])
  assert.match(refused, /^HTTP\/1\.1 401 /)
  assert.match(refused, /connection: close/i)
  const welcome = await sendHead([...form, 'Content-Length: 1000000', bearer], '\r\n\r\n')
  assert.match(welcome, /^HTTP\/1\.1 100 Continue/)
})

test('an announced length over the limit is refused before the body', async () => {
  for (const expect of [form, form.slice(0, 1)]) {
    const answer = await sendHead([...expect, `Content-Length: ${2 * GIGABYTE}`, bearer])
    assert.match(answer, /^HTTP\/1\.1 400 /)
    assert.match(answer, /UPLOAD_TOO_LARGE/)
  }
})

test('a client that waits for 100 Continue does not get it for a body over the limit of its route, or without a route', async () => {
  const head = ['Content-Type: application/json', 'Expect: 100-continue', `Content-Length: ${GIGABYTE}`, bearer]
  assert.match(await sendHead(head, undefined, '/api/portal/v1/jobs'), /^HTTP\/1\.1 413 /)
  assert.match(await sendHead(head, undefined, '/api/portal/v1/nothing'), /^HTTP\/1\.1 404 /)
})

test('a client that waits for 100 Continue learns of a wrong method which ones the path accepts', async () => {
  const head = ['Content-Type: application/json', 'Expect: 100-continue', `Content-Length: ${GIGABYTE}`, bearer]
  const answer = await sendHead(head, undefined, '/api/portal/v1/jobs/counts')
  assert.match(answer, /^HTTP\/1\.1 405 /)
  assert.match(answer, /^allow: GET, HEAD\r$/im)
  assert.match(answer, /METHOD_NOT_ALLOWED/)
})

test('a refused upload closes its connection instead of reading the body', async () => {
  const answer = await sendHead([form[0] ?? '', `Content-Length: ${GIGABYTE}`])
  assert.match(answer, /^HTTP\/1\.1 401 /)
  assert.match(answer, /connection: close/i)
})

test('a small refused body leaves the connection open', async () => {
  const response = await fetch(`${fixture.origin}/api/portal/v1/jobs`, { method: 'POST', body: '{}' })
  assert.equal(response.status, 401)
  assert.equal(response.headers.get('connection'), 'keep-alive')
  await response.text()
})

test('an upload to a nearly full disk answers STORAGE_FULL, before it is read and while it is', async () => {
  const upload = async (content: Uint8Array<ArrayBuffer>) => {
    const body = new FormData()
    body.append('file', new Blob([content]), 'charts.zip')
    const response = await fetch(`${fixture.origin}/api/portal/v1/charts/upload`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body,
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as unknown }
  }
  free = DISK_RESERVE_BYTES + 100
  assertProblem(await upload(Buffer.alloc(10_000)), 507, 'STORAGE_FULL')
  const measures = [Number.MAX_SAFE_INTEGER, DISK_RESERVE_BYTES - 1]
  free = 0
  const server = await startFixture({ freeDiskBytes: async () => measures.shift() ?? 0 })
  try {
    const { port } = new URL(server.origin)
    const socket = connect({ host: '127.0.0.1', port: Number(port) })
    const head = [
      'POST /api/portal/v1/charts/upload HTTP/1.1',
      'Host: x',
      form[0],
      `Authorization: Bearer ${await server.adminSession()}`,
    ]
    const part = '--x\r\nContent-Disposition: form-data; name="file"; filename="charts.zip"\r\n\r\nPK\x03\x04'
    socket.write(`${[...head, 'Content-Length: 100000'].join('\r\n')}\r\n\r\n${part}${'x'.repeat(1_000)}`)
    const [answer] = (await once(socket, 'data')) as [Buffer]
    assert.match(answer.toString(), /^HTTP\/1\.1 507 /)
    socket.destroy()
  } finally {
    await server[Symbol.asyncDispose]()
  }
})
