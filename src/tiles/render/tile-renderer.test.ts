import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTileRenderer } from './tile-renderer.ts'

test('the load tells of threads, of those at work, and of tasks that wait', async () => {
  const renderer = createTileRenderer({ threads: 1 })
  assert.deepEqual(renderer.load(), { threads: 0, busy: 0, queued: 0 })
  const { signal } = new AbortController()
  const draw = () => renderer.make({ kind: 'vector', tile: { z: 2, x: 1, y: 1 } }, [], signal)
  assert.ok(await draw())
  const drawn = Promise.all([draw(), draw(), draw()])
  // The tasks are handed over once the pool is there, which it is by now.
  await Promise.resolve()
  assert.deepEqual(renderer.load(), { threads: 1, busy: 1, queued: 2 })
  await drawn
  assert.deepEqual(renderer.load(), { threads: 1, busy: 0, queued: 0 })
  await renderer.close()
})
