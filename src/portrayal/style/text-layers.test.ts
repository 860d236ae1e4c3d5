import assert from 'node:assert/strict'
import { test } from 'node:test'
import { portrayedClasses } from '#portrayal/table/portrayal-of.ts'
import { evaluate } from '#test/evaluate-expression.ts'
import { createContext } from './style-context.ts'
import { STYLE_DEFAULTS } from './style-options.ts'
import { textLayers } from './text-layers.ts'

const server = { base: 'https://charts.test:9909', assets: 'https://charts.test:9909/api/v1/static/1' }
const context = createContext({ ...STYLE_DEFAULTS, ...server })
const onLines = portrayedClasses()
  .flatMap((name) => textLayers(name, context))
  .filter(({ layout }) => layout?.['symbol-placement'] === 'line-center')

test('no text along a line has an offset up or down, which MapLibre would count from the direction of the line', () => {
  assert.ok(onLines.length > 5)
  for (const { name, layout } of onLines) {
    for (const [, down] of JSON.stringify(layout?.['text-offset']).matchAll(/\["literal",\[[^,]+,([^\]]+)\]\]/g)) {
      assert.equal(Number(down), 0, name)
    }
  }
})

test('a course stands above its line, the second clearance of a bridge below its own', () => {
  const anchors = (name: string, properties: Record<string, unknown>) =>
    onLines.filter((layer) => layer.name === name).map(({ layout }) => evaluate(layout?.['text-anchor'], properties, 'string'))
  assert.deepEqual(anchors('RECTRC', { ORIENT: 298 }), ['bottom'])
  assert.ok(anchors('BRIDGE', { VERCLR: 23.4 }).includes('top-left'))
})
