import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { evaluate } from '#test/evaluate-expression.ts'
import { dividesAt, isSafetyContour } from './contour-layers.ts'

const depth = fc.oneof(
  fc.constantFrom(0, 1.8, 2, 3.6, 5, 9.1, 10, 18.2),
  fc.integer({ min: -90, max: 900 }).map((tenths) => tenths / 10),
)
const holds = (filter: unknown, properties: Record<string, unknown>) => evaluate(filter, properties, 'boolean')

test('the safety contour is where one side is safe and the other is not, or where the contour is that of S', () => {
  fc.assert(
    fc.property(depth, depth, depth, depth, (s, a, b, value) => {
      const [shallowSide, deepSide] = [Math.min(a, b), Math.max(a, b)]
      const shadeChanges = shallowSide < s !== deepSide < s
      assert.equal(holds(dividesAt(s), { shallowSide, deepSide }), shadeChanges)
      assert.equal(holds(isSafetyContour(s), { shallowSide, deepSide, VALDCO: value }), shadeChanges || value === s)
    }),
    { numRuns: 2000 },
  )
})

test('a stretch along land is the safety contour where the water beside it is safe', () => {
  for (const [deepSide, wanted] of [
    [9.1, true],
    [2, false],
  ] as const) {
    assert.equal(holds(isSafetyContour(5), { shallowSide: -1000, deepSide, VALDCO: 0 }), wanted)
  }
})

test('a stretch without one of its sides is not a safety contour unless its value is S', () => {
  for (const properties of [{ shallowSide: 0 }, { deepSide: 20 }, {}]) {
    assert.equal(holds(isSafetyContour(5), { ...properties, VALDCO: 10 }), false)
    assert.equal(holds(isSafetyContour(5), { ...properties, VALDCO: 5 }), true)
  }
})
