import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seabedWords } from './seabed-words.ts'
import { shortName } from './short-name.ts'

for (const [name, expected] of [
  ['Beaufort River Lighted Buoy 27', '27'],
  ['Wilmington River Daybeacon 31A', '31A'],
  ['Bear River Daybeacon 110a', '110a'],
  ['Savannah River Entrance Channel Lighted Buoy 10SE', '10SE'],
  ['Port Royal Sound Lighted Whistle Buoy BR', '"BR"'],
  ['Port Royal Sound Lighted Whistle Buoy "BR"', '"BR"'],
  ['Brunswick Spoil Area Buoy A', '"A"'],
  ['U.S. Air Force Instrumentation Tower Light N4', '"N4"'],
  ['Port of Tacoma Terminal #8', '8'],
  ['NOAA Lighted Data Buoy 41424  (Dart)', '41424'],
  ['Alligator Reef Light', 'Alligator Reef'],
  ['Gulf Of Mexico Lighted Buoy', 'Gulf Of Mexico'],
  ['Fish Haven Buoy', 'Fish Haven'],
  ['Jones Island Range Front Light', 'Jones Island Range Front'],
  ['Memory rock light', 'Memory rock'],
  ['Cayo Frances, W. end light', 'Cayo Frances, W. end'],
  ['AVIATION LIGHT.', 'AVIATION'],
  ['Nicolls Town, Range, front.', 'Nicolls Town, Range, front'],
  ['Lighted Buoy', 'Lighted Buoy'],
  ['Chub Cay', 'Chub Cay'],
  ['(Dart)', '(Dart)'],
  ['27', '27'],
  ['', ''],
  ['  ', ''],
] as const) {
  test(`the short name of ${JSON.stringify(name)} is ${JSON.stringify(expected)}`, () => assert.equal(shortName(name), expected))
}

for (const [surfaces, qualities, expected] of [
  ['4,17', '', 'S.Sh'],
  ['4', '1', 'fS'],
  ['4,17', '3,', 'cS.Sh'],
  ['17,4', ',1', 'Sh.fS'],
  ['4/9', '', 'S/R'],
  ['2', '5', 'syCy'],
  ['', '10', 'h'],
  ['14,4,1', '', 'Co.S.M'],
  ['99', '', ''],
  ['', '', ''],
] as const) {
  test(`NATSUR ${JSON.stringify(surfaces)} with NATQUA ${JSON.stringify(qualities)} is ${JSON.stringify(expected)}`, () => {
    assert.equal(seabedWords(surfaces, qualities), expected)
  })
}

test('every NATSUR and NATQUA has its abbreviation', () => {
  const codes = (count: number) => Array.from({ length: count }, (_, i) => String(i + 1))
  assert.equal(
    codes(18)
      .map((code) => seabedWords(code, ''))
      .join(' '),
    'M Cy Si S St G P Cb R  R   Co   Sh R',
  )
  assert.equal(
    codes(10)
      .map((code) => seabedWords('', code))
      .join(' '),
    'f m c bk sy so sf v ca h',
  )
})
