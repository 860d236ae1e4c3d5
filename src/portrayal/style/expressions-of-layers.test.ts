import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { createPropertyExpression, featureFilter, latest } from '@maplibre/maplibre-gl-style-spec'
import { buildStyle } from './build-style.ts'
import { STYLE_DEFAULTS } from './style-options.ts'

const SERVER = { base: 'https://charts.test', assets: 'https://charts.test/api/v1/static/1' }
const TYPES = ['Point', 'LineString', 'Polygon'] as const
const OPTIONS = [
  {},
  { iconSet: 'paper', depthUnits: 'feet' as const },
  { font: 'Open Sans', depthUnits: 'fathoms' as const, showMaritimeBoundaries: 'full' as const },
]
/** A drying danger with lists, numbers and text. */
const DANGER = {
  ...{ DEPTH: -1.2, VALSOU: -0.4, COLOUR: '1,3', ORIENT: 90.5, RESTRN: '1,7', VALDCO: 5, HEIGHT: 12.2, VALNMR: 18, place: 3 },
  ...{ OBJNAM: 'Old Wreck', class: 'RESARE', WATLEV: 5, CATOBS: 6, character: 'Fl W 4s' },
}

/** Evaluates every filter and property of a style for an object of each geometry; returns the warnings of MapLibre. */
function warnings(options: object, properties: Record<string, unknown>): string[] {
  const warn = mock.method(console, 'warn', () => {})
  const specs = new Map<string, unknown>(Object.entries(latest))
  let evaluated = 0
  for (const layer of buildStyle({ ...STYLE_DEFAULTS, ...SERVER, ...options }).layers) {
    if ('filter' in layer && layer.filter) {
      const { filter } = featureFilter(layer.filter, `${layer.id}.filter`)
      for (const type of TYPES) filter({ zoom: 12 }, { type, properties, id: 1 } as never)
      evaluated++
    }
    for (const group of ['layout', 'paint'] as const) {
      for (const [name, value] of Object.entries(layer[group] ?? {})) {
        const spec = (specs.get(`${group}_${layer.type}`) as Record<string, never>)[name]
        if (spec === undefined || !Array.isArray(value) || typeof value[0] !== 'string') continue
        const created = createPropertyExpression(value, `${layer.id}.${name}`, spec)
        assert.ok(created.result === 'success', `${layer.id}.${name} is not valid`)
        for (const type of TYPES) created.value.evaluate({ zoom: 12 }, { type, properties } as never, {}, undefined, ['QUESMRK1'])
        evaluated++
      }
    }
  }
  warn.mock.restore()
  assert.ok(evaluated > 300, `only ${evaluated} expressions were evaluated`)
  return warn.mock.calls.map(({ arguments: words }) => words.join(' '))
}

for (const options of OPTIONS) {
  test(`no expression fails for an object without attributes: ${JSON.stringify(options)}`, () => {
    assert.deepEqual(warnings(options, {}), [])
  })

  test(`no expression fails for a drying danger with lists and numbers: ${JSON.stringify(options)}`, () => {
    assert.deepEqual(warnings(options, DANGER), [])
  })
}
