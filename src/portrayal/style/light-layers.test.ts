import assert from 'node:assert/strict'
import { test } from 'node:test'
import { evaluate } from '#test/evaluate-expression.ts'
import { lightText } from './light-layers.ts'
import { createContext } from './style-context.ts'
import { STYLE_DEFAULTS } from './style-options.ts'

test('the figures of a light follow its period at once, and its colour after a space', () => {
  const server = { base: 'https://charts.test:9909', assets: 'https://charts.test:9909/api/v1/static/1' }
  const expression = lightText(createContext({ ...STYLE_DEFAULTS, ...server }))
  const text = (properties: Record<string, unknown>) => evaluate(expression, properties, 'string')
  const figures = { HEIGHT: 25, VALNMR: 18 }
  assert.equal(text({ character: 'Fl(2) WR 10s', SIGPER: 10, ...figures }), 'Fl(2) WR 10s25m18M')
  assert.equal(text({ character: 'F W', ...figures }), 'F W 25m18M')
  assert.equal(text({ character: 'F WR', rangeText: '18/12M' }), 'F WR 18/12M')
  assert.equal(text({ character: 'F Y', statusText: '(priv)' }), 'F Y(priv)')
})
