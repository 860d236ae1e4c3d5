import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jobRecord } from '../api/job-record.test-data.ts'
import type { Freshness } from './freshness.ts'
import { createLive } from './live.ts'
import { createManualTimers } from './manual-timers.ts'

function liveInHand(answer: () => number | 'refuse' | 'open', headers: Record<string, string> = {}) {
  const timers = createManualTimers()
  const pushes: ReadableStreamDefaultController<Uint8Array>[] = []
  const signals: AbortSignal[] = []
  const told: Freshness[] = []
  const jobs: string[] = []
  let unauthorised = 0
  let served = 0
  let answering = true
  let resets = 0
  const live = createLive({
    timers,
    random: () => 0,
    onJob: (job) => jobs.push(job.id),
    onUnauthorised: () => unauthorised++,
    health: () => ({ answeredAt: 77, servedAt: 66, served: answering ? ++served : served, status: answering ? 200 : 503 }),
    async connect(_lastEventId, signal) {
      signals.push(signal)
      const status = answer()
      if (status === 'refuse') throw new TypeError('refused')
      if (status !== 'open') return new Response(null, { status, headers })
      return new Response(new ReadableStream<Uint8Array>({ start: (push) => void pushes.push(push) }))
    },
  })
  live.freshness.subscribe(() => told.push(live.freshness.get()))
  live.onReset(async () => {
    resets++
  })
  const kinds = () => told.map((each) => each.kind)
  const stopAnswering = () => {
    answering = false
  }
  return { live, timers, pushes, signals, kinds, jobs, stopAnswering, resets: () => resets, unauthorised: () => unauthorised }
}

test('an open stream is live, and its jobs arrive', async () => {
  const { live, timers, pushes, kinds, jobs } = liveInHand(() => 'open')
  live.start()
  await timers.advance(0)
  const data = JSON.stringify(jobRecord({ id: 'a' }))
  pushes[0]?.enqueue(new TextEncoder().encode(`event: job\ndata: ${data}\n\nevent: job\ndata: nonsense\n\n`))
  await timers.advance(0)
  assert.deepEqual(kinds(), ['live'])
  assert.deepEqual(jobs, ['a'])
})

test('a restart reads "reconnecting", a server that stays away "offline since its last answer", and its return resets', async () => {
  let up = true
  const server = liveInHand(() => (up ? 'open' : 'refuse'))
  server.live.start()
  await server.timers.advance(0)
  up = false
  server.pushes[0]?.close()
  await server.timers.advance(100)
  assert.equal(server.live.freshness.get().kind, 'reconnecting')
  await server.timers.advance(5_000)
  assert.deepEqual(server.live.freshness.get(), { kind: 'offline', since: 77 })
  up = true
  await server.timers.advance(30_000)
  assert.equal(server.live.freshness.get().kind, 'live')
  assert.equal(server.resets(), 1)
})

test('over the stream limit the window polls every five seconds, and takes a stream when one is free', async () => {
  let full = true
  const server = liveInHand(() => (full ? 429 : 'open'))
  server.live.start()
  await server.timers.advance(11_000)
  assert.deepEqual(server.live.freshness.get(), { kind: 'polling', everySeconds: 5 })
  assert.equal(server.resets(), 3)
  full = false
  await server.timers.advance(60_000)
  assert.equal(server.live.freshness.get().kind, 'live')
})

test('a window hidden for ten seconds closes its stream, and reads again when it is shown', async () => {
  const { live, timers, signals, resets } = liveInHand(() => 'open')
  live.start()
  await timers.advance(0)
  live.setVisible(false)
  await timers.advance(9_000)
  live.setVisible(true)
  await timers.advance(0)
  assert.equal(signals.length, 1, 'a short look elsewhere costs nothing')
  live.setVisible(false)
  await timers.advance(11_000)
  assert.equal(signals[0]?.aborted, true)
  live.setVisible(true)
  await timers.advance(0)
  assert.equal(signals.length, 2)
  assert.equal(resets(), 1)
})

test('an ended session is reported, and nothing is tried until the next start', async () => {
  const server = liveInHand(() => 401)
  server.live.start()
  await server.timers.advance(120_000)
  assert.equal(server.unauthorised(), 1)
  assert.equal(server.signals.length, 1)
})

test('a server that answers every request with an error is told by its status and by when it is asked again, not as silent', async () => {
  const server = liveInHand(() => 503, { 'retry-after': '20' })
  server.live.start()
  await server.timers.advance(0)
  const now = server.timers.now()
  assert.deepEqual(server.live.freshness.get(), { kind: 'refused', status: 503, since: 66, againAt: now + 20_000 })
  await server.timers.advance(19_999)
  assert.equal(server.signals.length, 1)
  await server.timers.advance(1)
  assert.equal(server.signals.length, 2)
})

test('a window that polls tells that the server stopped doing what it is asked', async () => {
  const server = liveInHand(() => 429)
  server.live.start()
  await server.timers.advance(6_000)
  assert.equal(server.live.freshness.get().kind, 'polling')
  server.stopAnswering()
  await server.timers.advance(6_000)
  assert.partialDeepStrictEqual(server.live.freshness.get(), { kind: 'refused', status: 503, since: 66 })
})
