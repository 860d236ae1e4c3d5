import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Worker } from 'node:worker_threads'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { compileCell } from '#compiled/write/compile-cell.ts'
import { demoCells } from '#demo/demo-cells.ts'
import { AppError } from '#lib/errors.ts'
import { silentLog } from '#lib/log.ts'
import { readCell } from '#s57/read-cell.ts'
import { createLandMap } from '../basemap/land-map.ts'
import { drawTile } from '../products/vector/draw-tile.ts'
import { createTileRenderer } from './tile-renderer.ts'
import type { CellBuffer } from './tile-task.ts'

const renderer = createTileRenderer({ threads: 1, log: silentLog() })
after(() => renderer.close())

const cells = demoCells().map(({ name, files }) => {
  const bytes = compileCell(readCell(files[0]!, files.slice(1)))
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.byteLength))
  shared.set(bytes)
  return { key: name, bytes: shared }
})
const world = { product: 'vector', request: { z: 0, x: 0, y: 0 }, facts: null, cells } as const

test('aborting a request stops drawing its tile, and the thread continues with the next one', async () => {
  const gone = new AbortController()
  const stopped = renderer.make(world, gone.signal)
  // Queued behind the first on the only thread.
  const next = renderer.make(world, new AbortController().signal)
  gone.abort(new Error('the client has gone'))
  await assert.rejects(stopped, /the client has gone/)
  assert.ok((await next)!.byteLength > 0)
  await assert.rejects(renderer.make(world, AbortSignal.abort(new Error('gone before'))), /gone before/)
})

test('what a drawing holds is released when it has ended, even when it was stopped', async () => {
  const released: string[] = []
  const held = (name: string) => async () => ({ order: world, release: () => void released.push(name) })
  const gone = new AbortController()
  const stopped = renderer.make(held('stopped'), gone.signal)
  const drawn = renderer.make(held('drawn'), new AbortController().signal)
  gone.abort(new Error('the client has gone'))
  await assert.rejects(stopped, /the client has gone/)
  assert.ok((await drawn)!.byteLength > 0)
  // A task that was stopped before it began held nothing.
  assert.ok(released.join() === 'drawn' || released.join() === 'stopped,drawn', released.join())
})

test('drawing calls its checkpoint repeatedly and stops at the one that throws', () => {
  const opened = cells.map(({ bytes }) => openCompiledCell(bytes))
  const land = createLandMap([])
  const draw = (checkpoint: () => void) => drawTile({ z: 13, x: 3300, y: 3032 }, opened, land, checkpoint)
  let calls = 0
  draw(() => {
    calls++
  })
  assert.ok(calls >= 2, `${calls}`)
  let left = calls
  assert.throws(
    () =>
      draw(() => {
        if (--left === 0) throw new Error('stop')
      }),
    /stop/,
  )
})

const slowWorker = new URL('../../../test/support/slow-worker.ts', import.meta.url)
const at = (z: number) => ({ product: 'vector', request: { z, x: 0, y: 0 }, facts: null, cells: [] as CellBuffer[] }) as const
const { signal } = new AbortController()

test('a start of threads that fails is tried again with the next task', async () => {
  let attempts = 0
  const restarted = createTileRenderer({
    threads: 1,
    log: silentLog(),
    workerFile: slowWorker,
    loadLand: async () => {
      if (++attempts === 1) throw new Error('no memory for a thread')
      return []
    },
  })
  await assert.rejects(restarted.make(at(0), signal), /no memory for a thread/)
  assert.deepEqual(await restarted.make(at(0), signal), Uint8Array.of(0))
  assert.equal(attempts, 2)
  assert.equal(restarted.load().busy, 0)
  await restarted.close()
})

test('a thread that dies while it is idle ends neither the process nor the drawing', async () => {
  const died = Promise.withResolvers<string>()
  const log = { ...silentLog(), warn: (_: unknown, message?: string) => died.resolve(message ?? '') }
  const threads: Worker[] = []
  const note = (thread: Worker) => threads.push(thread)
  process.on('worker', note)
  const survivor = createTileRenderer({ threads: 1, log, workerFile: slowWorker, loadLand: async () => [] })
  assert.deepEqual(await survivor.make(at(1), signal), Uint8Array.of(1))
  await threads[0]!.terminate()
  assert.deepEqual(await survivor.make(at(0), signal), Uint8Array.of(0))
  // A waiting thread blocks and cannot throw on demand, so this is the event that Node emits for one that runs out of memory.
  threads.at(-1)!.emit('error', new Error('out of memory'))
  assert.match(await died.promise, /a drawing thread ended: out of memory/)
  assert.deepEqual(await survivor.make(at(0), signal), Uint8Array.of(0))
  process.off('worker', note)
  await survivor.close()
})

test('a task that takes too long is stopped with 503, and time spent waiting does not count', async () => {
  const slow = createTileRenderer({
    threads: 1,
    log: silentLog(),
    workerFile: slowWorker,
    loadLand: async () => [],
    timeoutMilliseconds: 200,
  })
  const refused = (error: unknown) => error instanceof AppError && error.status === 503 && error.code === 'TILES_BUSY'
  const stuck = [slow.make(at(2), signal), slow.make(at(2), signal)]
  // Begins after both have had their time, so later than its own limit after it was asked for.
  const behind = slow.make(at(4), signal)
  await assert.rejects(stuck[0]!, refused)
  await assert.rejects(stuck[1]!, refused)
  assert.deepEqual(await behind, Uint8Array.of(4))
  await slow.close()
})

test('without a spare thread no more threads start than draw, with less memory for young objects', async () => {
  const threads: Worker[] = []
  const note = (thread: Worker) => threads.push(thread)
  process.on('worker', note)
  const sizes = { threads: 2, memoryMegabytes: 120, log: silentLog(), workerFile: slowWorker, loadLand: async () => [] }
  const small = createTileRenderer({ ...sizes, hasSpare: false })
  await Promise.all(Array.from({ length: 6 }, () => small.make(at(0), signal)))
  assert.deepEqual([small.load().threads, threads[0]!.resourceLimits?.maxYoungGenerationSizeMb], [2, 6])
  await small.close()
  threads.length = 0
  const large = createTileRenderer(sizes)
  await large.make(at(0), signal)
  assert.equal(threads[0]!.resourceLimits?.maxYoungGenerationSizeMb, 12)
  await large.close()
  process.off('worker', note)
})
