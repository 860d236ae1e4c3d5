import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordsInUnits } from './words-in-units.ts'

const feet = { depthUnit: 'feet', heightUnit: 'feet' } as const

test('sentences of the server are shown in the units of the user', () => {
  const cases: [string, string][] = [
    ['depth 5.4 to 9.1 m', 'depth 17 to 29 ft'],
    ['Least depth 4.2 m (known), source dated 2019.', 'Least depth 13 ft (known), source dated 2019.'],
    ['dries 0.5 m', 'dries 2 ft'],
    ['dries 0.5 to 1 m', 'dries 2 to 4 ft'],
    ['from drying 2 m to depth 5 m', 'from drying 7 ft to depth 16 ft'],
    ['depth up to 10 m, least depth unknown', 'depth up to 32 ft, least depth unknown'],
    ['depth contour 5 m', 'depth contour 16 ft'],
    ['Soundings from 3 m to 5 m', 'Soundings from 9 ft to 16 ft'],
    [
      'vertical clearance when closed 12 m, horizontal clearance 30 m',
      'vertical clearance when closed 39 ft, horizontal clearance 30 m',
    ],
    ['Conspicuous, height 44 m.', 'Conspicuous, height 144 ft.'],
    [
      'Light: F 44m 19M, white from 045° to 120°, as seen from the sea.',
      'Light: F 144ft 19M, white from 045° to 120°, as seen from the sea.',
    ],
    ['Restricted area, width 40 m', 'Restricted area, width 40 m'],
  ]
  for (const [given, expected] of cases) assert.equal(wordsInUnits(given, feet), expected)
})

test('each unit is the user’s own, and metres change nothing', () => {
  const sentence = 'Wreck, depth 4.2 m, height 44 m'
  assert.equal(wordsInUnits(sentence, { depthUnit: 'meters', heightUnit: 'meters' }), sentence)
  assert.equal(wordsInUnits(sentence, { depthUnit: 'fathoms', heightUnit: 'meters' }), 'Wreck, depth 2.2 fm, height 44 m')
  assert.equal(wordsInUnits(sentence, { depthUnit: 'meters', heightUnit: 'feet' }), 'Wreck, depth 4.2 m, height 144 ft')
})
