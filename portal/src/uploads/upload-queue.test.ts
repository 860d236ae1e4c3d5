import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { SessionOverError } from '../api/errors.ts'
import { createObservable } from '../lib/observable.ts'
import type { SendOptions } from './send-file.ts'
import { createUploadQueue } from './upload-queue.ts'

interface Sending extends SendOptions {
  done(id: number): void
  refuse(problem: unknown): void
}

function rig() {
  const over = createObservable(false)
  const sends: Sending[] = []
  const queue = createUploadQueue(
    (options) =>
      new Promise<number>((done, refuse) => {
        sends.push({ ...options, done, refuse })
        options.signal.addEventListener('abort', () => refuse(new DOMException('cancelled', 'AbortError')))
      }),
    () => 0,
    over,
  )
  return { queue, sends, over, states: () => queue.files.get().map(({ name, state }) => `${name} ${state}`) }
}

const zip = (name: string) => new File([Uint8Array.of(0x50, 0x4b, 3, 4)], name)
/** Lets the first bytes of files be read. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await setImmediate()
}

test('files are sent one at a time, in the order they were given', async () => {
  const { queue, sends, states } = rig()
  const taken: number[] = []
  queue.onSent((id) => taken.push(id))
  queue.add([zip('a.zip'), zip('b.zip')])
  await settle()
  assert.deepEqual(states(), ['a.zip sending', 'b.zip queued'])
  sends[0]?.onSent(2)
  assert.equal(queue.files.get()[0]?.sent, 2)
  sends[0]?.done(7)
  await settle()
  assert.deepEqual(states(), ['a.zip sent', 'b.zip sending'])
  assert.deepEqual(taken, [7])
})

test('a file that the server cannot take is refused with the reason, and the next one is sent', async () => {
  const { queue, sends, states } = rig()
  queue.add([new File(['hello'], 'notes.pdf'), zip('b.zip')])
  await settle()
  assert.deepEqual(states(), ['notes.pdf refused', 'b.zip sending'])
  assert.equal(sends.length, 1)
})

test('a file that is cancelled stops and leaves the list, and the next one is sent', async () => {
  const { queue, sends, states } = rig()
  queue.add([zip('a.zip'), zip('b.zip')])
  await settle()
  queue.remove(queue.files.get()[0]?.key ?? 0)
  await settle()
  assert.equal(sends[0]?.signal.aborted, true)
  assert.deepEqual(states(), ['b.zip sending'])
})

test('a file whose connection broke stays with the reason and can be sent again', async () => {
  const { queue, sends, states } = rig()
  queue.add([zip('a.zip')])
  await settle()
  sends[0]?.refuse(new Error('the connection broke'))
  await settle()
  assert.deepEqual(states(), ['a.zip failed'])
  queue.again(queue.files.get()[0]?.key ?? 0)
  await settle()
  assert.deepEqual(states(), ['a.zip sending'])
  sends[1]?.done(3)
  await settle()
  assert.equal(queue.files.get()[0]?.uploadId, 3)
})

test('files wait while the session is over, also the one that it ended for, and are sent after the sign-in', async () => {
  const { queue, sends, over, states } = rig()
  queue.add([zip('a.zip'), zip('b.zip')])
  await settle()
  over.set(true)
  sends[0]?.refuse(new SessionOverError())
  await settle()
  assert.deepEqual(states(), ['a.zip queued', 'b.zip queued'])
  assert.equal(sends.length, 1)
  over.set(false)
  await settle()
  assert.deepEqual(states(), ['a.zip sending', 'b.zip queued'])
  sends[1]?.done(7)
  await settle()
  assert.deepEqual(states(), ['a.zip sent', 'b.zip sending'])
})
