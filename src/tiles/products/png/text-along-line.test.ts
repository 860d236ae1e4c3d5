import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shapeText } from './shape-text.ts'
import { fitsLine, textAlongLine } from './text-along-line.ts'

const style = { font: 'Noto Sans Regular', size: 12, anchor: 'center', offset: [0, 0] as const, maxWidth: 40 }
const shape = shapeText('Talmadge Bridge', style)

test('a text along a straight line has the angle of the line and reads from west to east', () => {
  const rising = [
    { x: 0, y: 100 },
    { x: 200, y: -100 },
  ]
  for (const line of [rising, rising.toReversed()]) {
    const glyphs = textAlongLine(shape, line, 1)?.glyphs ?? []
    assert.equal(glyphs.length, shape.glyphs.length)
    for (const { angle } of glyphs) assert.ok(Math.abs((angle ?? 0) + Math.PI / 4) < 1e-9, `${angle}`)
    assert.ok(glyphs[0]!.x < glyphs.at(-1)!.x)
  }
})

test('a text along a level line lies as an upright one', () => {
  const line = [
    { x: 0, y: 0 },
    { x: 500, y: 0 },
  ]
  for (const [i, { x, y }] of (textAlongLine(shape, line, 1)?.glyphs ?? []).entries()) {
    assert.ok(Math.abs(x - shape.glyphs[i]!.x) < 1e-6 && Math.abs(y - shape.glyphs[i]!.y) < 1e-6)
  }
})

test('a line that is too short or bends too sharply has no text', () => {
  const bent = [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
    { x: 100, y: 100 },
  ]
  assert.equal(textAlongLine(shape, bent, 1), null)
  assert.equal(textAlongLine(shape, bent.slice(0, 2), 0.5), null)
})

test('an upright text needs a line of its length that does not bend sharply where the text lies', () => {
  const label = shapeText('18', { ...style, size: 11 })
  const length = label.right - label.left
  const level = (to: number) => [
    { x: 0, y: 0 },
    { x: to, y: 0 },
  ]
  assert.ok(fitsLine(label, level(length + 1), 1))
  assert.ok(!fitsLine(label, level(length - 1), 1))
  assert.ok(!fitsLine(label, level(length + 1), 0.5), 'units of half a pixel')
  const corner = (at: number) => [...level(at), { x: at, y: 100 - at }]
  assert.ok(!fitsLine(label, corner(50), 1), 'a right angle in the middle')
  assert.ok(fitsLine(label, corner(20), 1), 'a right angle away from the text')
  // Each bend is 30 degrees: two within 6.6 pixels are too much, two further apart are not.
  const bent = (between: number) => [
    { x: -50, y: 0 },
    { x: -between / 2, y: 0 },
    { x: between / 2, y: between * Math.tan(Math.PI / 6) },
    { x: between / 2 + 25, y: between * Math.tan(Math.PI / 6) + 25 * Math.tan(Math.PI / 3) },
  ]
  assert.ok(!fitsLine(label, bent(4), 1))
  assert.ok(fitsLine(label, bent(8), 1))
})
