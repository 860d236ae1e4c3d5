import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createCellReader } from '#charts/reading/cell-reader.ts'

const worker = new URL('../support/inflating-worker.ts', import.meta.url)

/** Resolves when the worker begins to inflate. */
async function begins(): Promise<void> {
  const channel = new BroadcastChannel('odd-worker')
  await new Promise((resolve) => {
    channel.onmessage = resolve
  })
  channel.close()
}

// Node aborts the process in about one of twenty such ends when nothing keeps the thread from ending inside zlib.
test('sixty threads that inflate are ended by a cancel, and the process continues', async () => {
  const reader = createCellReader({ threads: 1, worker })
  for (let count = 0; count < 60; count++) {
    const begun = begins()
    const controller = new AbortController()
    const reading = assert.rejects(reader.read({ path: '', zipName: 'cell.zip' }, controller.signal), /cancelled/)
    await begun
    await sleep(count % 4)
    controller.abort(new Error('cancelled'))
    await reading
  }
  await reader.close()
})

test('a reader that closes ends a thread that inflates, and the process continues', async () => {
  for (let count = 0; count < 10; count++) {
    const reader = createCellReader({ threads: 1, worker })
    const begun = begins()
    const reading = reader.read({ path: '', zipName: 'cell.zip' }, new AbortController().signal)
    const ended = assert.rejects(reading, /ended unexpectedly/)
    await begun
    await reader.close()
    await ended
  }
})
