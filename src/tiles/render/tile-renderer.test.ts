import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { compileCell } from '#compiled/write/compile-cell.ts'
import { demoCells } from '#demo/demo-cells.ts'
import { readCell } from '#s57/read-cell.ts'
import { createLandMap } from '../basemap/land-map.ts'
import { drawTile } from '../products/vector/draw-tile.ts'
import { createTileRenderer, threadMegabytes } from './tile-renderer.ts'

const renderer = createTileRenderer({ threads: 1 })
after(() => renderer.close())

const cells = demoCells().map(({ name, files }) => {
  const bytes = compileCell(readCell(files[0]!, files.slice(1)))
  const buffer = new SharedArrayBuffer(bytes.byteLength)
  new Uint8Array(buffer).set(bytes)
  return { key: name, buffer }
})
const tile = { kind: 'vector', tile: { z: 0, x: 0, y: 0 } } as const

test('a request that is aborted stops the drawing of its tile, and its thread goes on with the next', async () => {
  const gone = new AbortController()
  const stopped = renderer.make(tile, cells, gone.signal)
  // Waits behind the first on the only thread.
  const next = renderer.make(tile, cells, new AbortController().signal)
  gone.abort(new Error('the client has gone'))
  await assert.rejects(stopped, /the client has gone/)
  assert.ok((await next)!.byteLength > 0)
  await assert.rejects(renderer.make(tile, cells, AbortSignal.abort(new Error('gone before'))), /gone before/)
})

test('drawing asks again and again whether to go on, and ends where it is told to stop', () => {
  const opened = cells.map(({ buffer }) => openCompiledCell(buffer))
  const land = createLandMap([])
  const draw = (checkpoint: () => void) => drawTile({ z: 13, x: 3300, y: 3032 }, opened, land, checkpoint)
  let asked = 0
  draw(() => {
    asked++
  })
  assert.ok(asked >= 2, `${asked}`)
  let left = asked
  assert.throws(
    () =>
      draw(() => {
        if (--left === 0) throw new Error('stop')
      }),
    /stop/,
  )
})

test('the heap of a thread follows from the memory of the machine', () => {
  const gigabyte = 2 ** 30
  assert.equal(threadMegabytes(2 * gigabyte, 2), 128)
  assert.equal(threadMegabytes(2 * gigabyte, 4), 96)
  assert.equal(threadMegabytes(64 * gigabyte, 4), 192)
})
