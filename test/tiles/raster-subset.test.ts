import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildStyle } from '#portrayal/style/build-style.ts'
import { STYLE_DEFAULTS, type StyleOptions } from '#portrayal/style/style-options.ts'
import { compileStyle } from '#tiles/products/png/compile-style.ts'
import { beyondSubset } from '#tiles/products/png/declared-subset.ts'

const CHOICES: readonly Partial<StyleOptions>[] = [
  {},
  ...(['dusk', 'night'] as const).map((theme) => ({ theme })),
  ...(['feet', 'fathoms'] as const).map((depthUnits) => ({ depthUnits, roundOffSoundings: true })),
  ...['paper', 'simplified'].map((iconSet) => ({ iconSet })),
  { showEncBoundaries: true, showMaritimeBoundaries: 'full', soundingOpacity: 0.5 },
  { showLightSectors: false, showPlaceNames: false, showOverscale: false, showNoData: false },
  { font: 'Open Sans', showMaritimeBoundaries: 'lines' },
]
const styles = CHOICES.map((choice) => buildStyle({ ...STYLE_DEFAULTS, base: '', assets: '', ...choice }))

test('every generated style stays within what the painter declares to draw', () => {
  for (const [i, { layers }] of styles.entries()) assert.deepEqual(beyondSubset(layers), [], JSON.stringify(CHOICES[i]))
})

test('every generated style compiles, layer by layer', () => {
  for (const { layers } of styles) {
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
