import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { compileCell } from '#compiled/write/compile-cell.ts'
import { demoCells } from '#demo/demo-cells.ts'
import { tileAt } from '#geo/tile-grid.ts'
import { latitudeOfY } from '#geo/world.ts'
import { buildStyle } from '#portrayal/style/build-style.ts'
import { STYLE_DEFAULTS } from '#portrayal/style/style-options.ts'
import { readCell } from '#s57/read-cell.ts'
import { randomBy } from '#test/audit-cells.ts'
import { createLandMap } from '#tiles/basemap/land-map.ts'
import { METATILE_PIXELS, METATILE_TILES, metatileBox, metatileOf, TILE_PIXELS } from '#tiles/products/png/blocks.ts'
import { createScene, drawMetatile } from '#tiles/products/png/draw-metatile.ts'
import { paintSurface } from '#tiles/products/png/paint-surface.ts'
import type { RasterStyle } from '#tiles/products/png/raster-style.ts'
import { createSurface } from '#tiles/products/png/surface.ts'
import { unpackTile } from '#tiles/products/png/tile-pack.ts'
import { orderCells } from '#tiles/quilt/cell-order.ts'

const cells = demoCells().map(({ files: [base, ...updates] }) => {
  const bytes = compileCell(readCell(base!, updates))
  const shared = new SharedArrayBuffer(bytes.byteLength)
  new Uint8Array(shared).set(bytes)
  return openCompiledCell(shared)
})
const document = JSON.stringify(buildStyle({ ...STYLE_DEFAULTS, base: '', assets: '' }))
const style: RasterStyle = { document, theme: 'day', digest: 'seams' }
const land = createLandMap([])

function sourcesAt(z: number) {
  const ranked = cells.map((cell) => {
    const { header } = cell
    return { ...header, scale: header.compilationScale, latitude: latitudeOfY((header.minY + header.maxY) / 2), cell }
  })
  return { cells: orderCells(ranked, z - 1).map(({ cell }) => cell), besideFiner: [], land, checkpoint: () => {} }
}

/** The tiles of two metatiles side by side, as a client puts them together. */
async function stitched(z: number, x: number, y: number) {
  const canvas = createCanvas(2 * METATILE_PIXELS, METATILE_PIXELS)
  const context = canvas.getContext('2d')
  for (const side of [0, 1]) {
    const pack = Buffer.from(await drawMetatile({ z, x: x + side, y }, 1, style, sourcesAt(z)))
    for (let place = 0; place < METATILE_TILES ** 2; place++) {
      const tile = await loadImage(unpackTile(pack, place))
      const column = side * METATILE_TILES + (place % METATILE_TILES)
      context.drawImage(tile, column * TILE_PIXELS, Math.floor(place / METATILE_TILES) * TILE_PIXELS)
    }
  }
  return context.getImageData(0, 0, 2 * METATILE_PIXELS, METATILE_PIXELS).data
}

/**
 * Of 255: the palette rounds smoothed edges by up to 16, and Skia smooths a line that leaves a canvas by up to 16 differently. A cut label
 * or symbol differs by 100 and more.
 */
const TOLERANCE = 32

const random = randomBy(16)
for (const z of [12, 13, 14, 15]) {
  test(`the tiles of two metatiles at zoom ${z} put together equal one large rendering`, async () => {
    const { x, y } = metatileOf(tileAt(-34.99 + 0.06 * random(), 42.93 + 0.03 * random(), z))
    const [left, right] = [metatileBox({ z, x, y }), metatileBox({ z, x: x + 1, y })]
    const scene = await createScene(z, { ...left, right: right.right }, 1, style, sourcesAt(z))
    const large = createSurface(left.left, left.top, 2 * METATILE_PIXELS, 1)
    paintSurface(large, scene)
    const expected = large.context.getImageData(0, 0, 2 * METATILE_PIXELS, METATILE_PIXELS).data
    const actual = await stitched(z, x, y)
    const different: string[] = []
    const colours = new Set<number>()
    for (let at = 0; at < expected.length; at += 4) {
      const [here, there] = [expected.subarray(at, at + 3), actual.subarray(at, at + 3)]
      colours.add((expected[at]! << 16) | (expected[at + 1]! << 8) | expected[at + 2]!)
      if (here.some((value, channel) => Math.abs(value - there[channel]!) > TOLERANCE)) {
        different.push(`${(at / 4) % (2 * METATILE_PIXELS)},${Math.floor(at / 8 / METATILE_PIXELS)}: ${here} not ${there}`)
      }
    }
    assert.ok(colours.size > 100, `${colours.size} colours: the view shows no chart`)
    assert.deepEqual(different, [])
  })
}
