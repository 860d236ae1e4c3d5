import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { createTestDatabase } from '#test/database.ts'
import { parseMetrics, sumOf } from '#test/metrics.ts'
import { startServerProcess } from '#test/server-process.ts'

const CLIENTS = 200

test('connections never use up the descriptors: a server that may open 256 files serves 64 of 200 clients and drops the others', {
  skip: process.platform !== 'linux' && 'needs /proc',
}, async () => {
  await using database = await createTestDatabase()
  const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-descriptors-'))
  const environment = { DATA_DIR: folder, DATABASE_URL: database.url }
  const server = await startServerProcess(environment, ['serve'], 256)
  const sockets: Socket[] = []
  try {
    assert.match(server.output(), /may open only 256 files, so it accepts 64 connections/)
    const { hostname, port } = new URL(server.url)
    let dropped = 0
    const outcomes = Array.from({ length: CLIENTS }, async () => {
      const socket = connect(Number(port), hostname)
      sockets.push(socket)
      socket.on('error', () => undefined)
      socket.write('GET /health/live HTTP/1.1\r\nhost: chartroom\r\n\r\n')
      // Either the response, or the end of the connection.
      const response = await Promise.race([once(socket, 'data').catch(() => null), once(socket, 'close').then(() => null)])
      if (response === null) dropped++
      else assert.match(String(response[0]), /^HTTP\/1\.1 200 /)
      return response === null ? null : socket
    })
    const [served] = (await Promise.all(outcomes)).filter((socket) => socket !== null)
    assert.ok(served !== undefined)
    // The readiness checks before may have left a connection open.
    assert.ok(dropped >= CLIENTS - 64 && dropped <= CLIENTS - 60, `${dropped} dropped`)

    const lines = parseMetrics(await metricsOver(served))
    assert.equal(sumOf(lines, 'chartroom_http_connections', { state: 'limit' }), 64)
    assert.equal(sumOf(lines, 'chartroom_http_connections', { state: 'open' }), 64)
    assert.equal(sumOf(lines, 'process_max_fds'), 256)
    assert.ok(sumOf(lines, 'process_open_fds') < 200)
  } finally {
    for (const socket of sockets) socket.destroy()
    await server.end('SIGTERM')
    await rm(folder, { recursive: true, force: true })
  }
})

/** Asks for the metrics on a connection that is open already. */
async function metricsOver(socket: Socket): Promise<string> {
  socket.write('GET /metrics HTTP/1.1\r\nhost: chartroom\r\nconnection: close\r\n\r\n')
  let text = ''
  for await (const chunk of socket) text += String(chunk)
  const body = text.slice(text.indexOf('\r\n\r\n') + 4)
  // The body may come in chunks, each with a line that gives its length.
  return body.replaceAll(/\r\n[0-9a-f]*\r\n/g, '').replace(/^[0-9a-f]+\r\n/, '')
}
