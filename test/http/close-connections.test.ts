import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import type { App } from '#http/base/app.ts'
import { startFixture } from './server-fixture.ts'

// The server closes although its clients do nothing: each test hangs without it.

async function open(origin: string, sent: string): Promise<Socket> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1')
  await once(socket, 'connect')
  socket.write(sent)
  return socket
}

test('a server that closes ends connections without a request, with unfinished headers and with an unfinished body', async () => {
  const bodyArrives = Promise.withResolvers<void>()
  const fixture = await startFixture({
    prepare: (app: App) =>
      void app.addHook('onRequest', (request, _reply, done) => {
        if (request.method === 'POST') bodyArrives.resolve()
        done()
      }),
  })
  const { origin } = fixture
  const silent = await open(origin, '')
  const headers = await open(origin, 'GET / HTTP/1.1\r\nHost: a\r\nX-Unfini')
  const idle = await open(origin, 'GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n')
  await once(idle, 'data')
  const body = await open(
    origin,
    'POST /api/portal/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
  )
  await bodyArrives.promise
  const ends = [silent, headers, idle, body].map((socket) => {
    socket.resume().on('error', () => undefined)
    return once(socket, 'close')
  })
  await Promise.all([fixture[Symbol.asyncDispose](), ...ends])
})

test('a server that closes ends a client that does not read its answer', async () => {
  const answering = Promise.withResolvers<void>()
  const fixture = await startFixture({
    prepare: (app: App) =>
      void app.register(async (scope: App) => {
        scope.get('/test/large', { config: { auth: 'none' } }, async () => {
          answering.resolve()
          return 'x'.repeat(50_000_000)
        })
      }),
  })
  const socket = await open(fixture.origin, 'GET /test/large HTTP/1.1\r\nHost: a\r\n\r\n')
  socket.on('error', () => undefined)
  await answering.promise
  await fixture[Symbol.asyncDispose]()
  socket.destroy()
})

test('HTTP/0.9 and a second Host header are refused with 400', async () => {
  await using fixture = await startFixture()
  const sent = [
    'GET /health/live\r\n\r\n',
    'GET /health/live HTTP/0.9\r\n\r\n',
    'GET /health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n',
    'GET /nothing HTTP/1.1\r\nHost: a\r\nhOST: a\r\nConnection: close\r\n\r\n',
  ]
  for (const request of sent) {
    const socket = await open(fixture.origin, request)
    assert.match(await text(socket), /^HTTP\/1\.1 400 Bad Request\r\n/, request)
  }
})
