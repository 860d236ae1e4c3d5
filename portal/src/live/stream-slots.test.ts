import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Channel } from '../api/session-store.ts'
import { createStreamSlots, MOST_STREAMS } from './stream-slots.ts'

test('a window opens a stream only while fewer than four windows hold one', async () => {
  const channels: Channel[] = []
  const held: boolean[] = []
  const slots = Array.from({ length: 6 }, (_, n) => {
    const own: Channel = {
      onmessage: null,
      postMessage(data) {
        for (const other of channels) if (other !== own) other.onmessage?.(new MessageEvent('message', { data }))
      },
    }
    channels.push(own)
    held.push(false)
    return createStreamSlots(own, () => held[n] === true)
  })
  const got: boolean[] = []
  for (const [n, each] of slots.entries()) {
    const free = await each.free()
    held[n] = free
    got.push(free)
  }
  assert.equal(got.filter(Boolean).length, MOST_STREAMS)
  assert.deepEqual(got.slice(MOST_STREAMS), [false, false])
})

test('a browser without channels opens its stream', async () => {
  assert.equal(await createStreamSlots(null, () => true).free(), true)
})
