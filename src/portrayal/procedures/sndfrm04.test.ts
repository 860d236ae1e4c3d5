import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { soundingDigits } from './sndfrm04.ts'

const CASES: readonly [metres: number, text: string][] = [
  [0, '0'],
  [0.3, '0₃'],
  [0.36, '0₃'],
  [3, '3'],
  [9.9, '9₉'],
  [9.99, '9₉'],
  [10, '10'],
  [30.9, '30₉'],
  [30.99, '30₉'],
  [31, '31'],
  [31.9, '31'],
  [100.5, '100'],
  [-0.3, '_0₃'],
  [-1.2, '_1₂'],
  [-1.21, '_1₃'],
  [-1, '_1'],
  [-30.91, '_31'],
  [-40.5, '_41'],
]

for (const [metres, text] of CASES) {
  test(`${metres} m is written ${text}`, () => {
    const { whole, tenth, drying } = soundingDigits(metres)
    assert.equal(`${drying ? '_' : ''}${whole}${tenth && String.fromCodePoint(0x2080 + Number(tenth))}`, text)
  })
}

test('a sounding never shows more water than charted', () => {
  fc.assert(
    fc.property(fc.integer({ min: -50_000, max: 200_000 }), (millimetres) => {
      const { whole, tenth, drying } = soundingDigits(millimetres / 1000)
      const shown = (drying ? -1 : 1) * Number(`${whole}.${tenth === '' ? 0 : tenth}`)
      assert.ok(Math.round(shown * 1000) <= millimetres)
    }),
    { seed: 14 },
  )
})
