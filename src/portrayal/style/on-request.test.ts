import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPropertyExpression, featureFilter, latest, validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { TOKENS } from '#portrayal/palette/tokens.ts'
import { NOAA_CLASSES } from '#test/noaa-classes.ts'
import { buildStyle } from './build-style.ts'
import { STYLE_DEFAULTS, type StyleOptions } from './style-options.ts'

const ON_REQUEST = ['twoShades', 'shallowPattern', 'isolatedShallow', 'showLowAccuracy', 'showFullSectorLegs'] as const
const build = (options: Partial<StyleOptions>) =>
  buildStyle({ ...STYLE_DEFAULTS, base: 'https://charts.test', assets: '', depthLimit: 5, ...options })

type Properties = Record<string, string | number | boolean>
type Shape = 'Point' | 'Polygon'

/** The values that the layers of a class give a property for an object; layers that exclude the object or lack the property give none. */
function drawn(
  options: Partial<StyleOptions>,
  name: string,
  [group, property]: readonly [string, string],
  shape: Shape,
  properties: Properties,
) {
  return build(options).layers.flatMap((layer) => {
    if (!('source-layer' in layer) || layer['source-layer'] !== name) return []
    const type = shape === 'Point' ? 1 : 3
    const feature = { type, properties, id: 1 } as never
    if (layer.filter && !featureFilter(layer.filter, 'f').filter({ zoom: 12 }, feature)) return []
    const value = (layer[group as 'paint'] as Record<string, unknown> | undefined)?.[property]
    if (value === undefined) return []
    const spec = (latest as unknown as Record<string, Record<string, never>>)[`${group}_${layer.type}`]?.[property]
    const created = createPropertyExpression(value, 'p', spec as never)
    assert.ok(created.result === 'success')
    const found = created.value.evaluate({ zoom: 12 }, feature, {}, undefined, ['ISODGR01', 'LOWACC01', 'pattern/DIAMOND1']) as {
      toString(): string
    }
    return [found.toString()]
  })
}

const FILL = ['paint', 'fill-color'] as const
const PATTERN = ['paint', 'fill-pattern'] as const
const IMAGE = ['layout', 'icon-image'] as const

test('two shades show whether water is safe, and nothing else', () => {
  const shade = (twoShades: boolean, DRVAL1: number) =>
    drawn({ twoShades }, 's57_depare', FILL, 'Polygon', { DRVAL1, DRVAL2: DRVAL1 + 1 })[0]
  const distinct = (twoShades: boolean) => new Set([0, 2, 4, 5, 12, 40].map((depth) => shade(twoShades, depth))).size
  assert.equal(distinct(false), 4)
  assert.equal(distinct(true), 2)
  assert.equal(shade(true, 4), shade(true, 0))
  assert.equal(shade(true, 5), shade(true, 40))
})

test('the shallow pattern lies on water that is not safe, also on dredged areas, only on request', () => {
  for (const layer of ['s57_depare', 's57_drgare']) {
    const patterns = (shallowPattern: boolean, DRVAL1: number) =>
      drawn({ shallowPattern }, layer, PATTERN, 'Polygon', { DRVAL1, DRVAL2: DRVAL1 + 1 }).filter((name) =>
        name.includes('DIAMOND1'),
      )
    assert.equal(patterns(true, 4.9).length, 1, layer)
    assert.deepEqual(patterns(true, 5), [], layer)
    assert.deepEqual(patterns(false, 4.9), [], layer)
  }
})

test('a danger among shoals is an isolated danger only on request', () => {
  for (const layer of ['s57_wrecks', 's57_obstrn', 's57_uwtroc']) {
    const images = (isolatedShallow: boolean, depthAround: number) =>
      drawn({ isolatedShallow }, layer, IMAGE, 'Point', { depth: 1, VALSOU: 1, depthAround, WATLEV: 3, CATWRK: 2 })
    assert.ok(images(true, 3).includes('ISODGR01'), layer)
    assert.ok(!images(false, 3).includes('ISODGR01'), layer)
    assert.ok(images(false, 5).includes('ISODGR01'), layer)
    assert.ok(!images(true, -1).includes('ISODGR01'), layer)
  }
})

test('points of low accuracy are marked only on request', () => {
  const images = (showLowAccuracy: boolean, lowAccuracy: boolean) =>
    drawn({ showLowAccuracy }, 's57_wrecks', IMAGE, 'Point', {
      depth: 8,
      VALSOU: 8,
      depthAround: 9,
      CATWRK: 1,
      ...(lowAccuracy && { lowAccuracy }),
    })
  assert.ok(images(true, true).includes('LOWACC01'))
  assert.ok(!images(true, false).includes('LOWACC01'))
  assert.ok(!images(false, true).includes('LOWACC01'))
})

test('a style with everything that is drawn on request is valid, and has few additional layers', () => {
  const classes = new Set(NOAA_CLASSES)
  const all = Object.fromEntries(ON_REQUEST.map((name) => [name, true]))
  for (const theme of ['day', 'night'] as const) {
    const style = build({ ...all, theme, classes })
    assert.deepEqual(validateStyleMin(style), [])
    assert.ok(style.layers.length - build({ theme, classes }).layers.length <= 10, `${style.layers.length} layers`)
    assert.ok(JSON.stringify(style).includes(TOKENS[theme].DEPDW))
  }
})

test('legs of directional lights are as long as their range, and those of sectors only on request', () => {
  const drawnLegs = (options: Partial<StyleOptions>, source: string, kind: string) =>
    build(options).layers.filter((layer) => {
      if (!('source-layer' in layer) || layer['source-layer'] !== source) return false
      const feature = { type: 2, properties: { kind } } as never
      return !layer.filter || featureFilter(layer.filter, 'f').filter({ zoom: 12 }, feature)
    }).length
  const shown = (options: Partial<StyleOptions>) =>
    ['light_legs', 'light_lines'].map((source) => ['directional', 'sector'].map((kind) => drawnLegs(options, source, kind)))
  assert.deepEqual(shown({}), [
    [0, 1],
    [1, 0],
  ])
  assert.deepEqual(shown({ showFullSectorLegs: true }), [
    [0, 0],
    [1, 1],
  ])
  assert.deepEqual(shown({ showFullSectorLegs: true, showLightSectors: false }), [
    [0, 0],
    [0, 0],
  ])
})
