import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { demoCells } from '#demo/demo-cells.ts'
import { type TileAddress, tileAt } from '#geo/tile-grid.ts'
import { rasterStyleOf } from '#http/core/raster-styles.ts'
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
const style = rasterStyleOf({}, {})

/** Polls, because the threads tell nobody when they start and end. */
async function untilBusy(isBusy: boolean): Promise<void> {
  for (let i = 0; i < 30_000; i++) {
    if (fixture.tiles.load().busy > 0 === isBusy) return
    await setTimeout(1)
  }
  assert.fail(`the drawing threads should be ${isBusy ? 'busy' : 'idle'}`)
}

const requestOf = (address: TileAddress) => ({ metatile: metatileOf(address), ratio: 2 as const, style })
const tileOf = (address: TileAddress) =>
  fixture.tiles.tile('png', requestOf(address), principal.user.account.id, new AbortController().signal)

/** Makes a metatile. @returns for how many milliseconds a thread was busy with it: none when it was cached. */
async function makeTimed(address: TileAddress): Promise<number> {
  const tile = await tileOf(address)
  await untilBusy(false)
  let isMade = false
  const made = tile.content(new AbortController().signal).finally(() => {
    isMade = true
  })
  let begun: number | null = null
  while (!isMade) {
    if (fixture.tiles.load().busy > 0) begun ??= performance.now()
    await setTimeout(1)
  }
  assert.ok((await made) !== null)
  return begun === null ? 0 : performance.now() - begun
}

/**
 * Asks for a tile, leaves while a thread draws its metatile, and has it made again.
 *
 * @returns for how many milliseconds the thread was busy after the client had left, and when it was made again.
 */
async function leaveWhileDrawing(address: TileAddress): Promise<{ left: number; again: number }> {
  // Plans ahead, so that the next work of the threads is the drawing.
  await tileOf(address)
  await untilBusy(false)
  const leaving = new AbortController()
  const path = `/api/v2/tiles/enc-raster-v2/${address.z}/${address.x}/${address.y}@2x.png?token=${token}`
  const answer = fetch(fixture.origin + path, { signal: leaving.signal }).then((response) => response.arrayBuffer())
  const refused = assert.rejects(answer, { name: 'AbortError' })
  await untilBusy(true)
  leaving.abort()
  const begun = performance.now()
  await refused
  await untilBusy(false)
  return { left: performance.now() - begun, again: await makeTimed(address) }
}

test('a client that leaves stops the drawing of its metatile, and the next client gets the tile', async () => {
  const middle = tileAt(...HARBOUR, 15)
  // Both threads compile the style first, so that the times can be compared.
  await Promise.all(
    [-2, -1].map(async (i) =>
      (await tileOf({ ...middle, x: middle.x + i * METATILE_TILES })).content(new AbortController().signal),
    ),
  )
  const attempts: string[] = []
  let stopped: TileAddress | null = null
  for (let i = 0; i < ATTEMPTS && stopped === null; i++) {
    const address = { ...middle, x: middle.x + i * METATILE_TILES }
    const { left, again } = await leaveWhileDrawing(address)
    attempts.push(`${left.toFixed(0)} of ${again.toFixed(0)} ms`)
    if (left < again / 2) stopped = address
  }
  assert.ok(stopped, `every metatile was drawn to its end: ${attempts.join(', ')}`)
  const { z, x, y } = stopped
  const response = await fetch(`${fixture.origin}/api/v2/tiles/enc-raster-v2/${z}/${x}/${y}@2x.png?token=${token}`)
  assert.equal(response.status, 200)
  assert.ok((await response.arrayBuffer()).byteLength > 0)
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
