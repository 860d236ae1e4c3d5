import assert from 'node:assert/strict'
import { type ClientRequest, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { createBareApp } from '#http/plugins/bare-app.ts'
import { noteRequests } from '#http/plugins/note-requests.ts'
import { createClientActivity } from '#lib/client-activity.ts'
import { silentLog } from '#lib/log.ts'
import { createMetrics } from '#lib/metrics.ts'

// The time stands still, so that no request ever takes long.
const activity = createClientActivity({ monotonic: () => 0 })
const app = createBareApp({ log: silentLog(), metrics: createMetrics() })
noteRequests(app, activity)
let gate = Promise.withResolvers<void>()
const held = async () => {
  await gate.promise
  return 'answered'
}
app.get('/map', { config: { auth: 'none' } }, held)
app.get('/health/live', { config: { auth: 'none' } }, held)
await app.listen({ host: '127.0.0.1', port: 0 })
after(() => app.close())
const { port } = app.server.address() as AddressInfo

const waiting = () => Atomics.load(activity.waitingRequests, 0)

/** Asks, and resolves when the server has received it. */
async function ask(path: string): Promise<ClientRequest> {
  const received = new Promise((resolve) => app.server.once('request', resolve))
  const request = get({ port, path }, (response) => response.resume()).on('error', () => undefined)
  await received
  return request
}

async function waits(count: number): Promise<void> {
  while (waiting() !== count) await new Promise((resolve) => setTimeout(resolve, 5))
}

test('a request waits for its answer, and that of a probe does not count', async () => {
  await ask('/map')
  await ask('/map')
  await ask('/health/live')
  assert.equal(waiting(), 2)
  gate.resolve()
  await waits(0)
})

test('a request no longer waits when its client has left', async () => {
  gate = Promise.withResolvers()
  const request = await ask('/map')
  assert.equal(waiting(), 1)
  request.destroy()
  await waits(0)
  gate.resolve()
})
