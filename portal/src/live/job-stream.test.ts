import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createJobStream, type StreamState } from './job-stream.ts'
import { createManualTimers } from './manual-timers.ts'

type Push = ReadableStreamDefaultController<Uint8Array>

/** A server in the test's hands: each connection is listed with what it was asked and a way to write into it. */
function hostileServer(answers: (number | 'refuse' | 'open')[]) {
  const connections: { lastEventId: string | null; signal: AbortSignal; push: Push | null }[] = []
  const jobs: string[] = []
  const states: StreamState[] = []
  const refused: number[] = []
  let resets = 0
  const timers = createManualTimers()
  const stream = createJobStream({
    timers,
    random: () => 0,
    onJob: (data) => jobs.push(data),
    onReset: () => resets++,
    onState: (state) => states.push(state),
    onRefused: (status) => refused.push(status),
    async connect(lastEventId, signal) {
      const answer = answers.shift() ?? 'open'
      const connection = { lastEventId, signal, push: null as Push | null }
      connections.push(connection)
      if (answer === 'refuse') throw new TypeError('connection refused')
      if (typeof answer === 'number') return new Response(null, { status: answer })
      const body = new ReadableStream<Uint8Array>({
        start: (push) => {
          connection.push = push
        },
      })
      return new Response(body)
    },
  })
  const write = (text: string) => connections.at(-1)?.push?.enqueue(new TextEncoder().encode(text))
  return { stream, timers, connections, jobs, states, refused, write, resets: () => resets }
}

test('job events arrive, and the first stream asks for no reset', async () => {
  const server = hostileServer([])
  server.stream.open()
  await server.timers.advance(0)
  server.write('retry: 3000\n\nevent: job\nid: 1.a\ndata: {"id":"a"}\n\n')
  await server.timers.advance(0)
  assert.deepEqual(server.jobs, ['{"id":"a"}'])
  assert.deepEqual(server.states, ['connecting', 'open'])
  assert.equal(server.connections[0]?.lastEventId, null)
  assert.equal(server.resets(), 0)
  server.stream.close()
  assert.equal(server.timers.waiting(), 0)
})

test('a stream that ends is opened again with the last id, no sooner than the server asked, and resets', async () => {
  const server = hostileServer([])
  server.stream.open()
  await server.timers.advance(0)
  server.write('retry: 3000\n\nevent: job\nid: 1.a\ndata: {}\n\n')
  await server.timers.advance(0)
  server.connections[0]?.push?.close()
  await server.timers.advance(2_900)
  assert.equal(server.connections.length, 1)
  await server.timers.advance(200)
  assert.equal(server.connections.length, 2)
  assert.equal(server.connections[1]?.lastEventId, '1.a')
  assert.equal(server.resets(), 1)
})

test('silence of 45 seconds ends the connection and opens another', async () => {
  const server = hostileServer([])
  server.stream.open()
  await server.timers.advance(44_000)
  server.write(': still here\n\n')
  await server.timers.advance(44_000)
  assert.equal(server.connections.length, 1, 'a comment counts as a sign of life')
  await server.timers.advance(3_000)
  assert.equal(server.connections[0]?.signal.aborted, true)
  await server.timers.advance(2_000)
  assert.equal(server.connections.length, 2)
})

test('a server that refuses, fails and returns is tried at growing intervals', async () => {
  const server = hostileServer(['refuse', 503, 'refuse', 'open'])
  server.stream.open()
  await server.timers.advance(0)
  assert.equal(server.states.at(-1), 'waiting')
  await server.timers.advance(1_000)
  assert.equal(server.connections.length, 2)
  await server.timers.advance(1_000)
  await server.timers.advance(2_000)
  assert.equal(server.connections.length, 4)
  assert.equal(server.states.at(-1), 'open')
})

test('a stream over the limit and an ended session are reported once and not tried again', async () => {
  for (const status of [429, 401]) {
    const server = hostileServer([status])
    server.stream.open()
    await server.timers.advance(120_000)
    assert.equal(server.connections.length, 1)
    assert.deepEqual(server.refused, [status])
    assert.equal(server.states.at(-1), 'closed')
  }
})

test('a stream closed while it connects stays closed', async () => {
  const server = hostileServer([])
  server.stream.open()
  server.stream.close()
  await server.timers.advance(120_000)
  assert.equal(server.connections.length, 1)
  assert.equal(server.states.at(-1), 'closed')
  server.stream.open()
  await server.timers.advance(0)
  assert.equal(server.states.at(-1), 'open')
})
