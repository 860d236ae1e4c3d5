import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { compileCell } from '#compiled/write/compile-cell.ts'
import { demoCells } from '#demo/demo-cells.ts'
import { silentLog } from '#lib/log.ts'
import { readCell } from '#s57/read-cell.ts'
import { createLandMap } from '../basemap/land-map.ts'
import { drawTile } from '../products/vector/draw-tile.ts'
import { createTileRenderer } from './tile-renderer.ts'

const renderer = createTileRenderer({ threads: 1, log: silentLog() })
after(() => renderer.close())

const cells = demoCells().map(({ name, files }) => {
  const bytes = compileCell(readCell(files[0]!, files.slice(1)))
  const buffer = new SharedArrayBuffer(bytes.byteLength)
  new Uint8Array(buffer).set(bytes)
  return { key: name, buffer }
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

test('drawing calls its checkpoint repeatedly and stops at the one that throws', () => {
  const opened = cells.map(({ buffer }) => openCompiledCell(buffer))
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
