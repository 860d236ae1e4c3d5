import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildStyle } from '#portrayal/style/build-style.ts'
import { STYLE_DEFAULTS, type StyleOptions } from '#portrayal/style/style-options.ts'
import { compileStyle } from '#tiles/products/png/compile-style.ts'
import { beyondSubset } from '#tiles/products/png/declared-subset.ts'

const plain = { ...STYLE_DEFAULTS, base: '', assets: '' }
const SWITCHES = {
  showLightSectors: false,
  showEncBoundaries: true,
  showPlaceNames: false,
  showOverscale: false,
  showNoData: false,
} as const

/** Every setting that changes more than a colour or a number, with each of its values and with those of the others that share its layers. */
function* combinations(): Iterable<Partial<StyleOptions>> {
  for (const iconSet of ['enc-day', 'paper', 'simplified']) {
    for (const depthUnits of ['meters', 'feet', 'fathoms'] as const) {
      for (const roundOffSoundings of [false, true]) yield { iconSet, depthUnits, roundOffSoundings }
    }
    for (const showMaritimeBoundaries of ['lines', 'full'] as const) yield { iconSet, showMaritimeBoundaries, ...SWITCHES }
  }
  for (const theme of ['dusk', 'night'] as const) yield { theme, soundingOpacity: 0.5, font: 'Open Sans' }
  yield { areaBoundaries: 'plain' }
  yield { showFullSectorLegs: true }
  yield { twoShades: true, shallowPattern: true, isolatedShallow: true, showLowAccuracy: true }
  for (const depthLimit of [0, 12.5, 1000]) yield { depthLimit, shallowDepth: 0, deepDepth: 1000 }
}

test('every generated style stays within what the painter declares to draw: properties, values and operators', () => {
  for (const choice of combinations()) {
    assert.deepEqual(beyondSubset(buildStyle({ ...plain, ...choice }).layers), [], JSON.stringify(choice))
  }
})

test('a generated style compiles, layer by layer', () => {
  for (const choice of [{}, { iconSet: 'paper', showMaritimeBoundaries: 'full' as const, ...SWITCHES }]) {
    const { layers } = buildStyle({ ...plain, ...choice })
    const visible = layers.filter(({ layout }) => layout?.visibility !== 'none')
    assert.deepEqual(
      compileStyle(layers, []).map(({ id }) => id),
      visible.map(({ id }) => id),
    )
  }
})

test('a style with a property or a type of layer beyond the subset is refused by name', () => {
  const blurred = { id: 'a', type: 'line' as const, source: 'enc', 'source-layer': 'b', paint: { 'line-blur': 2 } }
  assert.throws(() => compileStyle([blurred], []), /a: line-blur/)
  assert.deepEqual(beyondSubset([{ id: 'b', type: 'heatmap' }]), ['b: layers of type heatmap'])
})

test('a style with a value, an operator or a way of placing symbols beyond the subset is refused by name', () => {
  const beyond = (layout: object, filter?: unknown) => beyondSubset([{ id: 'a', type: 'symbol', layout, filter }])
  assert.deepEqual(beyond({ 'symbol-placement': 'line' }), ['a: symbol-placement "line"'])
  assert.deepEqual(beyond({}, ['all', ['within', {}]]), ['a: the operator within'])
  assert.deepEqual(beyond({ 'text-size': ['match', ['get', 'class'], ['within'], 1, ['feature-state', 'hover']] }), [
    'a: the operator feature-state',
  ])
  assert.deepEqual(beyond({ 'icon-image': 'a' }), ['a: an icon that others displace'])
  assert.deepEqual(beyond({ 'text-field': 'a', 'text-allow-overlap': true }), ['a: a text that is free on one side alone'])
  assert.deepEqual(beyond({ 'icon-image': 'a', 'symbol-placement': 'line-center' }).at(-1), 'a: an icon on a line')
})
