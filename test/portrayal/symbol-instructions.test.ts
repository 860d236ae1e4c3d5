import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LayerSpecification } from '@maplibre/maplibre-gl-style-spec'
import { createCanvas, type Image, loadImage } from '@napi-rs/canvas'
import { latitudeOfY, longitudeOfX, WORLD } from '#geo/world.ts'
import { TOKENS } from '#portrayal/palette/tokens.ts'
import { buildStyle } from '#portrayal/style/build-style.ts'
import { STYLE_DEFAULTS } from '#portrayal/style/style-options.ts'
import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { compiledSpec } from '#test/compiled-cells.ts'
import { createLandMap } from '#tiles/basemap/land-map.ts'
import { tileOfMetatile } from '#tiles/products/png/metatile-file.ts'
import { toRasterStyle } from '#tiles/products/png/raster-style.ts'
import { png } from '#tiles/products/png.ts'

// New objects whose SYMINS names lines, fills and patterns, painted alone: only the layers of NEWOBJ and of the borders of areas.

const METATILE = { z: 14, x: 2_200, y: 1_500 }
const style = buildStyle({ ...STYLE_DEFAULTS, base: '', assets: '' })
const isWanted = ({ id, type }: LayerSpecification) =>
  (id.startsWith('s57_newobj') || id.startsWith('area_lines')) && type !== 'symbol'
const raster = toRasterStyle({ ...STYLE_DEFAULTS, showLayers: style.layers.filter(isWanted).map(({ id }) => id) })

/** A position in pixels of the metatile, in degrees. */
const at = (x: number, y: number): [number, number] => [
  longitudeOfX(((METATILE.x + x / 1_024) / 2 ** 12) * WORLD),
  latitudeOfY(((METATILE.y + y / 1_024) / 2 ** 12) * WORLD),
]
const box = (left: number, top: number, right: number, bottom: number) => {
  const [nw, ne, se, sw] = [at(left, top), at(right, top), at(right, bottom), at(left, bottom)]
  return { type: 'Polygon' as const, coordinates: [[nw, ne, se, sw, nw]] }
}

const area = (SYMINS: string): FeatureSpec => ({ objectClass: 'NEWOBJ', attributes: { SYMINS }, geometry: box(50, 50, 200, 200) })
const line = (SYMINS: string): FeatureSpec => ({
  objectClass: 'NEWOBJ',
  attributes: { SYMINS },
  geometry: { type: 'LineString', coordinates: [at(20, 125), at(230, 125)] },
})

/** The first tile of the metatile: the share of each colour, as `#rrggbb`, in a rectangle of it. */
async function painted(feature: FeatureSpec, [left, top, right, bottom]: readonly number[]): Promise<Map<string, number>> {
  const coverage: FeatureSpec = { objectClass: 'M_COVR', attributes: { CATCOV: 1 }, geometry: box(-4_000, -4_000, 4_000, 4_000) }
  const cell = compiledSpec({ usageBand: 5, compilationScale: 20_000, features: [coverage, feature] })
  const pack = await png.make({
    request: { metatile: METATILE, ratio: 1, style: raster },
    cells: [cell],
    facts: null,
    land: createLandMap([]),
    checkpoint: () => {},
  })
  const image = await loadImage(tileOfMetatile(Buffer.from(pack!), 0))
  return sharesOf(image, left!, top!, right! - left!, bottom! - top!)
}

function sharesOf(image: Image, left: number, top: number, width: number, height: number): Map<string, number> {
  const context = createCanvas(256, 256).getContext('2d')
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(left, top, width, height)
  const counts = new Map<string, number>()
  for (let i = 0; i < data.length; i += 4) {
    const colour = `#${data.subarray(i, i + 3).reduce((hex, value) => hex + value.toString(16).padStart(2, '0'), '')}`
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  return new Map([...counts].map(([colour, count]) => [colour, count / (width * height)]))
}

const INSIDE = [80, 80, 170, 170]
/** Along the line, or the upper border of the area. */
const [ALONG, BORDER] = [
  [40, 123, 220, 127],
  [70, 48, 180, 52],
]
const share = async (feature: FeatureSpec, within: readonly number[] | undefined, colour: string) =>
  (await painted(feature, within ?? [])).get(colour) ?? 0

test('AC fills a new object with the colour of its token, up to its transparency', async () => {
  assert.equal(await share(area('AC(LITRD)'), INSIDE, TOKENS.day.LITRD), 1)
  const faint = await painted(area('AC(LITRD,3)'), INSIDE)
  assert.equal(faint.get(TOKENS.day.LITRD), undefined)
  assert.equal(faint.size, 1)
})

test('AP repeats a pattern over a new object, and over its fill', async () => {
  const plain = await painted(area("TX('a',3)"), INSIDE)
  const pattern = await painted(area('AP(DIAMOND1)'), INSIDE)
  assert.deepEqual([plain.size, pattern.size > 1], [1, true])
  const both = await painted(area('AC(LITRD);AP(DIAMOND1)'), INSIDE)
  const filled = both.get(TOKENS.day.LITRD) ?? 0
  assert.ok(filled > 0.5 && filled < 1, `${filled} of the area has the colour of the fill`)
})

test('LS draws a line in its dash, width and colour, and the border of an area', async () => {
  for (const [feature, within] of [
    [line, ALONG],
    [area, BORDER],
  ] as const) {
    assert.ok((await share(feature('LS(SOLD,4,LITGN)'), within, TOKENS.day.LITGN)) > 0.9)
    const dashed = await share(feature('LS(DASH,4,LITGN)'), within, TOKENS.day.LITGN)
    assert.ok(dashed > 0.5 && dashed < 0.75, `dashes cover ${dashed}`)
    const dotted = await share(feature('LS(DOTT,4,LITGN)'), within, TOKENS.day.LITGN)
    assert.ok(dotted > 0.2 && dotted < 0.45, `dots cover ${dotted}`)
    const thin = await share(feature('LS(SOLD,1,LITGN)'), within, TOKENS.day.LITGN)
    assert.ok(thin > 0 && thin < 0.6, `a line of one unit covers ${thin}`)
  }
})

test('LC draws a complex line as high as its image, and a line of an unknown name is a question mark', async () => {
  const ground = (await painted(line("TX('a',3)"), [40, 100, 220, 150])).keys().next().value ?? ''
  const inked = async (SYMINS: string, within: readonly number[]) => 1 - (await share(line(SYMINS), within, ground))
  // The image has 22 rows, and the ferry lies in the lower ones.
  assert.ok((await inked('LC(FERYRT01)', [40, 131, 220, 135])) > 0)
  assert.equal(await inked('LC(FERYRT01)', [40, 137, 220, 150]), 0)
  assert.ok((await inked('LC(NOSUCH01)', [40, 115, 220, 135])) > 0)
})
