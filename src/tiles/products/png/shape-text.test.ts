import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shapeText } from './shape-text.ts'

const style = { font: 'Noto Sans Regular', size: 12, anchor: 'left', offset: [0, 0] as const, maxWidth: 40 }

test('a line end at the end of a text does not start another line, one before another line does', () => {
  assert.deepEqual(shapeText('V-AIS\n', style), shapeText('V-AIS', style))
  const { top, bottom } = shapeText('clr cl 19.5\nclr op 42.3', style)
  const single = shapeText('clr cl 19.5', style)
  assert.ok(Math.abs(bottom - top - 2 * (single.bottom - single.top)) < 1e-9)
})
