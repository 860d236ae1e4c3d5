import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { depthParts } from '#test/depth-parts.ts'
import { evaluate } from '#test/evaluate-expression.ts'
import { depthText, hasLoweredDigit } from './depth-expression.ts'
import { heightText } from './height-expression.ts'

const UNITS = ['meters', 'feet', 'fathoms'] as const
const LOWERED = '₀₁₂₃₄₅₆₇₈₉'
const text = (depth: number, units: (typeof UNITS)[number], rounded = false, lowered = true) =>
  evaluate(depthText('DEPTH', { units, rounded, lowered }), { DEPTH: depth }, 'string')

/** Charted depths have at most three decimals. */
const depths = fc.integer({ min: -20_000, max: 12_000_000 }).map((millimetres) => millimetres / 1000)

/** Metres that a text stands for. */
function metresOf(written: string, units: (typeof UNITS)[number]): number {
  const [, sign, whole, fraction] = /^(-?)(\d+)([₀-₉]?|\.\d)$/.exec(written) ?? []
  assert.ok(whole !== undefined, `${written} is not a depth`)
  const lowered = LOWERED.indexOf(fraction ?? '')
  const digit = fraction === '' ? 0 : fraction?.startsWith('.') ? Number(fraction.slice(1)) : lowered
  const value =
    units === 'meters'
      ? Number(whole) + digit / 10
      : units === 'feet'
        ? Number(whole) * 0.3048
        : (Number(whole) * 6 + digit) * 0.3048
  return sign === '-' ? -value : value
}

test('a sounding is never written deeper than charted, in any unit, rounded or not, with any font', () => {
  fc.assert(
    fc.property(depths, fc.constantFrom(...UNITS), fc.boolean(), fc.boolean(), (depth, units, rounded, lowered) => {
      const written = metresOf(text(depth, units, rounded, lowered), units)
      // With our font a drying height has no sign but an underline.
      const shown = lowered && depth < 0 ? -written : written
      assert.ok(shown <= depth + 0.00005, `${depth} m is written as ${shown} m`)
    }),
    { numRuns: 3000 },
  )
})

test('a sounding is written at most one step of its unit shallower than charted', () => {
  const step = { meters: 1, feet: 0.3048, fathoms: 1.8288 }
  fc.assert(
    fc.property(depths, fc.constantFrom(...UNITS), (depth, units) => {
      const written = metresOf(text(depth, units), units)
      const shown = depth < 0 ? -written : written
      const small = units === 'meters' && Math.abs(depth) < 30.9 ? 0.1 : step[units]
      assert.ok(depth - shown < small + 0.0001, `${depth} m is written as ${shown} m`)
    }),
  )
})

test('the expression and the function write the same', () => {
  fc.assert(
    fc.property(depths, fc.constantFrom(...UNITS), fc.boolean(), (depth, units, rounded) => {
      const { whole, fraction } = depthParts(depth, units, rounded)
      const wanted = `${whole}${fraction === null ? '' : LOWERED[fraction]}`
      assert.equal(text(depth, units, rounded), wanted)
      const isLowered = hasLoweredDigit('DEPTH', { units, rounded, lowered: true })
      assert.equal(isLowered === false ? false : evaluate(isLowered, { DEPTH: depth }, 'boolean'), fraction !== null)
    }),
  )
})

test('metres have lowered tenths below 31, and none when they are zero', () => {
  const wanted: [number, string][] = [
    [3.6, '3₆'],
    [3, '3'],
    [0.3, '0₃'],
    [2.99, '2₉'],
    [10.1, '10₁'],
    [30.9, '30₉'],
    [31.9, '31'],
    [4.0004, '4'],
    [-1.2, '1₂'],
    [-1.21, '1₃'],
    [-30.95, '31'],
    [8.2, '8₂'],
    [1.1, '1₁'],
  ]
  for (const [depth, written] of wanted) assert.equal(text(depth, 'meters'), written)
})

test('feet are whole, and fathoms have lowered feet below 11', () => {
  assert.equal(text(3.0, 'feet'), '9')
  assert.equal(text(3.048, 'feet'), '10')
  assert.equal(text(-0.4, 'feet'), '2')
  assert.equal(text(9.144, 'fathoms'), '5')
  assert.equal(text(9.8, 'fathoms'), '5₂')
  assert.equal(text(25, 'fathoms'), '13')
  assert.equal(text(-0.5, 'fathoms'), '0₂')
})

test('without lowered digits tenths follow a point and drying heights a minus sign', () => {
  assert.equal(text(3.6, 'meters', false, false), '3.6')
  assert.equal(text(-1.2, 'meters', false, false), '-1.2')
  assert.equal(text(-1.2, 'feet', false, false), '-4')
  assert.equal(text(9.8, 'fathoms', false, false), '5')
  assert.equal(text(-0.5, 'fathoms', false, false), '-1')
})

test('rounded soundings are whole and on the shallow side', () => {
  assert.equal(text(3.9, 'meters', true), '3')
  assert.equal(text(-1.2, 'meters', true), '2')
  assert.equal(text(9.8, 'fathoms', true), '5')
})

test('a clearance is never written higher than charted; other heights are rounded', () => {
  const height = (value: number, units: 'm' | 'ft', kind: 'clearance' | 'height') =>
    evaluate(heightText('H', units, kind), { H: value }, 'string')
  assert.equal(height(19.89, 'm', 'clearance'), '19.8')
  assert.equal(height(19.8, 'ft', 'clearance'), '64')
  assert.equal(height(25, 'ft', 'height'), '82')
  assert.equal(height(25, 'm', 'height'), '25')
})
