import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createWorkGate, type Refusal } from './work-gate.ts'

const LIMITS = { concurrency: 1, waiting: 4, waitingPerClient: 2, waitMilliseconds: 60_000 }

test('a gate admits up to its limit, and the next when one leaves', () => {
  const gate = createWorkGate({ ...LIMITS, concurrency: 2 })
  assert.deepEqual([gate.tryEnter(), gate.tryEnter(), gate.tryEnter()], [true, true, false])
  gate.leave()
  assert.equal(gate.tryEnter(), true)
})

test('clients take turns, however many requests one of them has waiting', () => {
  const gate = createWorkGate(LIMITS)
  const admitted: string[] = []
  gate.tryEnter()
  for (const name of ['a1', 'a2', 'b1']) gate.wait(name.slice(0, 1), () => admitted.push(name))
  for (let count = 0; count < 3; count++) gate.leave()
  assert.deepEqual(admitted, ['a1', 'b1', 'a2'])
})

test('a newcomer does not overtake those that wait', () => {
  const gate = createWorkGate(LIMITS)
  gate.tryEnter()
  const stop = gate.wait('a', () => {})
  assert.equal(gate.tryEnter(), false)
  stop()
  gate.leave()
  assert.deepEqual(gate.load, { running: 0, waiting: 0 })
  assert.equal(gate.tryEnter(), true)
})

test('a client with too many waiting is refused, and everyone when all queues are full', () => {
  const gate = createWorkGate(LIMITS)
  gate.tryEnter()
  const stops: (() => void)[] = []
  const ask = (client: string) => {
    let answer: Refusal | null | 'waiting' = 'waiting'
    stops.push(gate.wait(client, (refusal) => (answer = refusal)))
    return answer as Refusal | null | 'waiting'
  }
  assert.deepEqual([ask('a'), ask('a'), ask('a')], ['waiting', 'waiting', 'client'])
  assert.deepEqual([ask('b'), ask('b'), ask('c')], ['waiting', 'waiting', 'server'])
  for (const stop of stops) stop()
  assert.equal(gate.load.waiting, 0)
})

test('a request that has waited too long is refused', async () => {
  const gate = createWorkGate({ ...LIMITS, waitMilliseconds: 1 })
  gate.tryEnter()
  assert.equal(await new Promise((resolve) => gate.wait('a', resolve)), 'late')
  assert.deepEqual(gate.load, { running: 1, waiting: 0 })
})
