import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import type { CompiledCell } from '#compiled/format/compiled-cell.ts'
import { openCompiledCell } from '#compiled/read/open-compiled-cell.ts'
import { demoCells } from '#demo/demo-cells.ts'
import { type TileAddress, tileAt } from '#geo/tile-grid.ts'
import { STYLE_DEFAULTS } from '#portrayal/style/style-options.ts'
import { randomBy } from '#test/audit-cells.ts'
import { prepareCell, showCell } from '#test/chart-cells.ts'
import { createTestDatabase } from '#test/database.ts'
import { createTestTiles } from '#test/tiles.ts'
import { createLandMap } from '#tiles/basemap/land-map.ts'
import { loadLand } from '#tiles/basemap/load-land.ts'
import { besideFiner } from '#tiles/plan/beside-finer.ts'
import { METATILE_PIXELS, METATILE_TILES, metatileBox, metatileOf, TILE_PIXELS, tilesUnder } from '#tiles/products/png/blocks.ts'
import { createScene, type DrawSources } from '#tiles/products/png/draw-metatile.ts'
import { tileOfMetatile } from '#tiles/products/png/metatile-file.ts'
import { paintSurface } from '#tiles/products/png/paint-surface.ts'
import { type RasterStyle, toRasterStyle } from '#tiles/products/png/raster-style.ts'
import { createSurface } from '#tiles/products/png/surface.ts'
import { vectorGround } from '#tiles/products/vector.ts'
import { orderCells } from '#tiles/quilt/cell-order.ts'

const ACCOUNT = 1
const { signal } = new AbortController()
const database = await createTestDatabase()
const tiles = await createTestTiles(database)
after(async () => {
  await tiles.close()
  await database.close()
})
const compiled = new Map<string, CompiledCell>()
for (const { files } of demoCells()) {
  const cell = prepareCell(files)
  await showCell(database.db, tiles, cell)
  const shared = new SharedArrayBuffer(cell.bytes.byteLength)
  new Uint8Array(shared).set(cell.bytes)
  compiled.set(cell.key, openCompiledCell(shared))
}
const snapshot = await tiles.charts.current()
const land = createLandMap(await loadLand())
const THEMES = ['day', 'dusk', 'night'] as const
type Theme = (typeof THEMES)[number]
const styles = new Map(THEMES.map((theme) => [theme, toRasterStyle({ ...STYLE_DEFAULTS, theme })]))

interface View {
  z: number
  /** Longitude and latitude of a place in its north-western metatile. */
  place: readonly [number, number]
  theme: Theme
  ratio: 1 | 2
  /** Metatiles across and down. */
  columns: number
  rows: number
}

/** As one rendering of all charts, whose fillers follow from each vector tile. */
async function large({ z, place, ratio, columns, rows }: View, style: RasterStyle) {
  const first = metatileOf(tileAt(...place, z))
  const from = metatileBox(first)
  const to = metatileBox({ z, x: first.x + columns - 1, y: first.y + rows - 1 })
  const box = { ...from, right: to.right, bottom: to.bottom }
  const cells = orderCells(snapshot.cells, z - 1)
  const fillers = tilesUnder(z, box).map(({ tile }) =>
    besideFiner({ snapshot, ground: vectorGround(tile), accountId: ACCOUNT, cells }),
  )
  const sources: DrawSources = {
    cells: cells.map(({ compiledKey }) => compiled.get(compiledKey)!),
    besideFiner: fillers,
    land,
    checkpoint: () => {},
  }
  const scene = await createScene(z, box, ratio, style, sources)
  const size = METATILE_PIXELS * Math.max(columns, rows)
  const surface = createSurface(box.left, box.top, size, ratio)
  paintSurface(surface, scene)
  const { data } = surface.context.getImageData(0, 0, columns * METATILE_PIXELS * ratio, rows * METATILE_PIXELS * ratio)
  return { data, fillers: fillers.map((places) => places.map((at) => cells[at]!.name)) }
}

/** As a client puts the tiles of a server together. */
async function stitched({ z, place, ratio, columns, rows }: View, style: RasterStyle) {
  const first = metatileOf(tileAt(...place, z))
  const across = METATILE_PIXELS * ratio
  const context = createCanvas(columns * across, rows * across).getContext('2d')
  const draw = async (metatile: TileAddress, left: number, top: number) => {
    const tile = await tiles.tile('png', { metatile, ratio, style }, ACCOUNT, signal)
    const content = await tile.content(signal)
    assert.ok(content !== null)
    const pack = Buffer.from(await content.plain())
    for (let at = 0; at < METATILE_TILES ** 2; at++) {
      const [column, row] = [at % METATILE_TILES, Math.floor(at / METATILE_TILES)]
      const size = TILE_PIXELS * ratio
      context.drawImage(await loadImage(tileOfMetatile(pack, at)), left + column * size, top + row * size)
    }
  }
  const places = Array.from({ length: columns * rows }, (_, i) => [i % columns, Math.floor(i / columns)] as const)
  await Promise.all(places.map(([x, y]) => draw({ z, x: first.x + x, y: first.y + y }, x * across, y * across)))
  return context.getImageData(0, 0, columns * across, rows * across).data
}

/**
 * Of 255: the palette rounds smoothed edges by up to 16, and Skia smooths a line that leaves a canvas by up to 16 differently. A cut label
 * or symbol differs by 100 and more.
 */
const TOLERANCE = 32

/** The pixels that differ: how many, and the first of them. */
function differences(expected: Uint8ClampedArray, actual: Uint8ClampedArray, width: number) {
  let count = 0
  const first: string[] = []
  for (let at = 0; at < expected.length; at += 4) {
    let isSame = true
    for (let channel = at; channel < at + 3; channel++) {
      if (Math.abs(expected[channel]! - actual[channel]!) > TOLERANCE) isSame = false
    }
    if (isSame || ++count > 8) continue
    const [x, y] = [(at / 4) % width, Math.floor(at / 4 / width)]
    first.push(`${x},${y}: ${actual.subarray(at, at + 3)} instead of ${expected.subarray(at, at + 3)}`)
  }
  return { count, first }
}

const random = randomBy(16)
const around = (): [number, number] => [-34.99 + 0.06 * random(), 42.93 + 0.03 * random()]

/** West of the borders of the coastal and of the harbour cells: what coarser cells fill beside them is marked. */
const BORDERS: readonly (View & { filler: string })[] = [
  { z: 12, place: [-35.35 - 360 / 2 ** 10, 43], theme: 'day', ratio: 1, columns: 2, rows: 1, filler: 'XX2DEMOA' },
  { z: 15, place: [-34.995 - 360 / 2 ** 13, 42.95], theme: 'dusk', ratio: 1, columns: 2, rows: 1, filler: 'XX3DEMOA' },
]

const VIEWS: readonly View[] = [
  { z: 9, place: around(), theme: 'night', ratio: 1, columns: 2, rows: 1 },
  { z: 13, place: around(), theme: 'dusk', ratio: 2, columns: 1, rows: 2 },
  { z: 14, place: around(), theme: 'day', ratio: 1, columns: 2, rows: 2 },
  { z: 16, place: around(), theme: 'night', ratio: 1, columns: 2, rows: 2 },
  { z: 18, place: [-34.9575, 42.9475], theme: 'day', ratio: 2, columns: 2, rows: 1 },
]

/** More random views, for a longer run: `SEAM_VIEWS=100`. */
const MORE: readonly View[] = Array.from({ length: Number(process.env['SEAM_VIEWS'] ?? 0) }, () => ({
  z: 5 + Math.floor(random() * 15),
  place: [-35.5 + random(), 42.7 + 0.6 * random()],
  theme: THEMES[Math.floor(random() * THEMES.length)]!,
  ratio: random() < 0.25 ? 2 : 1,
  columns: 2,
  rows: 2,
}))

for (const view of [...BORDERS, ...VIEWS, ...MORE]) {
  const { z, place, theme, ratio, columns, rows } = view
  const where = place.map((degrees) => degrees.toFixed(3)).join(', ')
  test(`${columns} by ${rows} metatiles at zoom ${z}@${ratio} by ${theme} near ${where} equal one large rendering`, async () => {
    const style = styles.get(theme)!
    const { data: expected, fillers } = await large(view, style)
    const actual = await stitched(view, style)
    const colours = new Set<number>()
    for (let at = 0; at < expected.length; at += 4) {
      colours.add((expected[at]! << 16) | (expected[at + 1]! << 8) | expected[at + 2]!)
    }
    const isChart = colours.size > 100 || MORE.includes(view)
    assert.ok(isChart, `${colours.size} colours: the view shows no chart`)
    const filler = BORDERS.find((border) => border === view)?.filler
    if (filler !== undefined) {
      const marked = fillers.filter((names) => names.includes(filler)).length
      assert.ok(marked > 0 && marked < fillers.length, `${filler} is marked in ${marked} of ${fillers.length} tiles`)
    }
    assert.deepEqual(differences(expected, actual, columns * METATILE_PIXELS * ratio), { count: 0, first: [] })
  })
}
