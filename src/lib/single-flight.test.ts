import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSingleFlight } from './single-flight.ts'

const never = () => new AbortController().signal

test('concurrent callers share one run, and the next caller starts another', async () => {
  const flights = createSingleFlight<number>()
  let begun = 0
  const gate = Promise.withResolvers<void>()
  const work = async () => {
    begun++
    await gate.promise
    return begun
  }
  const answers = [flights.run('a', never(), work), flights.run('a', never(), work), flights.run('b', never(), async () => 7)]
  gate.resolve()
  assert.deepEqual(await Promise.all(answers), [1, 1, 7])
  assert.equal(await flights.run('a', never(), work), 2)
})

test('one caller aborting leaves the others running; the last one stops the work, and the next caller starts afresh', async () => {
  const flights = createSingleFlight<string>()
  const stops: AbortSignal[] = []
  const work = (stop: AbortSignal) => {
    stops.push(stop)
    return new Promise<string>((_, reject) => stop.addEventListener('abort', () => reject(stop.reason as Error)))
  }
  const clients = [new AbortController(), new AbortController()]
  const waiting = clients.map(({ signal }) => flights.run('a', signal, work))
  clients[0]!.abort(new Error('gone'))
  await assert.rejects(waiting[0]!, /gone/)
  assert.equal(stops[0]!.aborted, false, 'one caller is left')
  clients[1]!.abort(new Error('gone too'))
  await assert.rejects(waiting[1]!, /gone too/)
  assert.equal(stops[0]!.aborted, true)
  assert.equal(await flights.run('a', never(), async () => 'fresh'), 'fresh')
})

test('a failure reaches every caller and is not remembered', async () => {
  const flights = createSingleFlight<string>()
  const fails = async () => {
    throw new Error('no chart')
  }
  const both = [flights.run('a', never(), fails), flights.run('a', never(), fails)]
  for (const each of both) await assert.rejects(each, /no chart/)
  assert.equal(await flights.run('a', never(), async () => 'well'), 'well')
})
