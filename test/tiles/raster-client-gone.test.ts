import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { demoCells } from '#demo/demo-cells.ts'
import { type TileAddress, tileAt } from '#geo/tile-grid.ts'
import { createRasterStyles } from '#http/core/raster-styles.ts'
import { prepareCell, showCell } from '#test/chart-cells.ts'
import { createLandMap } from '#tiles/basemap/land-map.ts'
import { METATILE_TILES, metatileOf } from '#tiles/products/png/blocks.ts'
import { drawMetatile } from '#tiles/products/png/draw-metatile.ts'
import { startFixture } from '../http/server-fixture.ts'

const HARBOUR = [-34.9575, 42.9475] as const
/** The loaded machine may see the client leave only after the drawing; it cannot be late every time. */
const ATTEMPTS = 6

const fixture = await startFixture()
after(() => fixture[Symbol.asyncDispose]())
const prepared = demoCells().map(({ files }) => prepareCell(files))
for (const cell of prepared) await showCell(fixture.db, fixture.tiles, cell)
const principal = await fixture.accounts.authenticate(await fixture.adminSession())
const { id: token } = await fixture.accounts.tokens.create(principal, { name: 'leaving' })
const style = createRasterStyles()({}, {})

/** Polls, because the threads tell nobody when they start and end. */
async function untilBusy(isBusy: boolean): Promise<void> {
  for (let i = 0; i < 30_000; i++) {
    if (fixture.tiles.load().busy > 0 === isBusy) return
    await setTimeout(1)
  }
  assert.fail(`the drawing threads should be ${isBusy ? 'busy' : 'idle'}`)
}

/** Asks for a tile, and leaves while a thread draws its metatile. @returns whether the metatile was finished and cached all the same. */
async function leaveWhileDrawing(address: TileAddress): Promise<boolean> {
  const request = { metatile: metatileOf(address), ratio: 2 as const, style }
  const account = principal.user.account.id
  // Plans ahead, so that the next work of the threads is the drawing.
  const { digest } = await fixture.tiles.tile('png', request, account, new AbortController().signal)
  await untilBusy(false)
  const leaving = new AbortController()
  const path = `/api/v2/tiles/enc-raster-v2/${address.z}/${address.x}/${address.y}@2x.png?token=${token}`
  const answer = fetch(fixture.origin + path, { signal: leaving.signal }).then((response) => response.arrayBuffer())
  const left = assert.rejects(answer, { name: 'AbortError' })
  await untilBusy(true)
  leaving.abort()
  await left
  await untilBusy(false)
  return (await fixture.tiles.cache.get(digest)) !== null
}

test('a client that leaves stops the drawing of its metatile, and the next client gets the tile', async () => {
  const middle = tileAt(...HARBOUR, 15)
  let stopped: TileAddress | null = null
  for (let i = 0; i < ATTEMPTS && stopped === null; i++) {
    const address = { ...middle, x: middle.x + i * METATILE_TILES }
    if (!(await leaveWhileDrawing(address))) stopped = address
  }
  assert.ok(stopped, 'every metatile was drawn to its end')
  const { z, x, y } = stopped
  const again = await fetch(`${fixture.origin}/api/v2/tiles/enc-raster-v2/${z}/${x}/${y}@2x.png?token=${token}`)
  assert.equal(again.status, 200)
  assert.ok((await again.arrayBuffer()).byteLength > 0)
})

test('painting a metatile stops at the first, the middle and the last of its checkpoints', async () => {
  const cells = prepared.map(({ bytes }) => {
    const shared = new SharedArrayBuffer(bytes.byteLength)
    new Uint8Array(shared).set(bytes)
    return openCompiledCell(shared)
  })
  const draw = (checkpoint: () => void) =>
    drawMetatile(metatileOf(tileAt(...HARBOUR, 14)), 1, style, { cells, besideFiner: [], land: createLandMap([]), checkpoint })
  let calls = 0
  await draw(() => {
    calls++
  })
  assert.ok(calls > METATILE_TILES ** 2, `${calls} checkpoints`)
  for (const last of [1, Math.ceil(calls / 2), calls]) {
    let passed = 0
    await assert.rejects(
      draw(() => {
        if (++passed === last) throw new Error('stop')
      }),
      /stop/,
    )
    assert.equal(passed, last)
  }
})
