import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contourLabel } from './safcon01.ts'

const CASES: readonly [metres: number, label: string | null][] = [
  [-0.1, null],
  [0, '0'],
  [1.8, '1.8'],
  [5, '5'],
  [18.29, '18.2'],
  [30.9, '30.9'],
  [31.5, '31'],
  [99_999, '99999'],
  [100_000, null],
  [Number.NaN, null],
]

for (const [metres, label] of CASES) {
  test(`the contour of ${metres} m is labelled ${label ?? 'not at all'}`, () => assert.equal(contourLabel(metres), label))
}
