import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { latitudeOfY, longitudeOfX, WORLD } from '#geo/world.ts'
import { STYLE_DEFAULTS } from '#portrayal/style/style-options.ts'
import { compiledSpec } from '#test/compiled-cells.ts'
import { createLandMap } from '#tiles/basemap/land-map.ts'
import { tileOfMetatile } from '#tiles/products/png/metatile-file.ts'
import { toRasterStyle } from '#tiles/products/png/raster-style.ts'
import { png } from '#tiles/products/png.ts'

const METATILE = { z: 14, x: 2_200, y: 1_500 }

/** A position in pixels of the metatile, in degrees. */
const at = (x: number, y: number): [number, number] => [
  longitudeOfX(((METATILE.x + x / 1_024) / 2 ** 12) * WORLD),
  latitudeOfY(((METATILE.y + y / 1_024) / 2 ** 12) * WORLD),
]

/** The colours of a raster tile with a magenta symbol, a cable and a magenta text, in a style that has changed some. */
async function coloursOf(colors: Record<string, string>, ratio: 1 | 2): Promise<Set<string>> {
  const far = [at(-4_000, -4_000), at(4_000, -4_000), at(4_000, 4_000), at(-4_000, 4_000), at(-4_000, -4_000)]
  const cell = compiledSpec({
    usageBand: 5,
    compilationScale: 20_000,
    features: [
      { objectClass: 'M_COVR', attributes: { CATCOV: 1 }, geometry: { type: 'Polygon', coordinates: [far] } },
      { objectClass: 'ACHARE', geometry: { type: 'Point', coordinates: at(60, 60) } },
      { objectClass: 'CBLSUB', geometry: { type: 'LineString', coordinates: [at(20, 160), at(240, 160)] } },
    ],
  })
  const style = toRasterStyle({ ...STYLE_DEFAULTS, colors })
  const pack = await png.make({
    request: { metatile: METATILE, ratio, style },
    cells: [cell],
    facts: null,
    land: createLandMap([]),
    checkpoint: () => {},
  })
  const context = createCanvas(256 * ratio, 256 * ratio).getContext('2d')
  context.drawImage(await loadImage(tileOfMetatile(Buffer.from(pack!), 0)), 0, 0)
  const { data } = context.getImageData(0, 0, 256 * ratio, 256 * ratio)
  const found = new Set<string>()
  for (let i = 0; i < data.length; i += 4)
    found.add(`#${data.subarray(i, i + 3).reduce((text, value) => text + value.toString(16).padStart(2, '0'), '')}`)
  return found
}

test('symbols and complex lines of raster tiles have the colours of a custom style', async () => {
  for (const ratio of [1, 2] as const) {
    const own = await coloursOf({}, ratio)
    assert.ok(own.has('#c045d1') && !own.has('#00a000'), `at ${ratio}`)
    const changed = await coloursOf({ CHMGD: '#00a000' }, ratio)
    assert.ok(changed.has('#00a000') && !changed.has('#c045d1'), `at ${ratio}`)
  }
})
