import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { createClientActivity } from './client-activity.ts'
import { createGiveWay } from './give-way.ts'

test('a thread that gives way rests until the last request has been answered', async () => {
  const activity = createClientActivity({ monotonic: () => 0 })
  const answers = [activity.arrived(), activity.arrived()]
  const source = `
    import { parentPort, workerData } from 'node:worker_threads'
    import { createGiveWay } from '${import.meta.resolve('./give-way.ts')}'
    const giveWay = createGiveWay(workerData, { longestRest: 60_000 })
    parentPort.postMessage('resting')
    giveWay()
    parentPort.postMessage('works')
  `
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), {
    workerData: activity.waitingRequests,
  })
  const said: unknown[] = []
  worker.on('message', (message) => said.push(message))
  await once(worker, 'message')
  answers[0]?.()
  await new Promise((resolve) => setTimeout(resolve, 100))
  assert.deepEqual(said, ['resting'])
  answers[1]?.()
  await once(worker, 'exit')
  assert.deepEqual(said, ['resting', 'works'])
})

test('a thread rests for a limited time and then works for as long, however many requests wait', () => {
  const { waitingRequests, arrived } = createClientActivity({ monotonic: () => 0 })
  arrived()
  const time = { now: 0, reads: 0 }
  // The clock advances by 10 ms at each reading.
  const clock = { monotonic: () => 10 * time.reads++ }
  const giveWay = createGiveWay(waitingRequests, { longestRest: 20, clock })
  const rests = () => {
    const before = time.reads
    giveWay()
    return time.reads - before > 1
  }
  assert.deepEqual([rests(), rests(), rests(), rests()], [true, false, true, false])
})

test('a thread looks at no clock while no request waits', () => {
  const { waitingRequests } = createClientActivity({ monotonic: () => 0 })
  const giveWay = createGiveWay(waitingRequests, { clock: { monotonic: () => assert.fail('it looked') } })
  giveWay()
})
