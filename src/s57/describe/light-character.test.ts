import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lightCharacter, lightStatus, sectorRanges } from './light-character.ts'

const of = (attributes: Record<string, string>) => lightCharacter(new Map(Object.entries(attributes)))

test('every LITCHR has its rhythm', () => {
  const rhythms: Record<string, string> = {
    ...{ 1: 'F', 2: 'Fl', 3: 'LFl', 4: 'Q', 5: 'VQ', 6: 'UQ', 7: 'Iso', 8: 'Oc', 9: 'IQ', 10: 'IVQ', 11: 'IUQ', 12: 'Mo' },
    ...{ 13: 'FFl', 14: 'Fl+LFl', 15: 'OcFl', 16: 'FLFl', 17: 'AlOc', 18: 'AlLFl', 19: 'AlFl', 20: 'Al' },
    ...{ 25: 'Q+LFl', 26: 'VQ+LFl', 27: 'UQ+LFl', 28: 'Al', 29: 'AlF Fl' },
  }
  for (let code = 1; code <= 30; code++) {
    const rhythm = rhythms[code]
    assert.equal(of({ LITCHR: String(code), COLOUR: '1' }), rhythm === undefined ? 'W' : `${rhythm} W`, `LITCHR ${code}`)
  }
})

test('every COLOUR has its letters', () => {
  const letters = ['W', 'B', 'R', 'G', 'Bu', 'Y', '', '', 'Y', 'Vi', 'Y', 'Mag', 'R']
  for (const [i, letter] of letters.entries()) {
    assert.equal(of({ LITCHR: '1', COLOUR: String(i + 1) }), letter === '' ? 'F' : `F ${letter}`, `COLOUR ${i + 1}`)
  }
})

for (const [attributes, expected] of [
  [{ LITCHR: '2', SIGGRP: '(2)', COLOUR: '1,3', SIGPER: '10' }, 'Fl(2) WR 10s'],
  [{ LITCHR: '2', SIGGRP: '(1)', COLOUR: '4', SIGPER: '2.5' }, 'Fl G 2.5s'],
  [{ LITCHR: '2', SIGGRP: '(2+1)', COLOUR: '4', SIGPER: '06.00' }, 'Fl(2+1) G 6s'],
  [{ LITCHR: '4', SIGGRP: '()', COLOUR: '6' }, 'Q Y'],
  [{ LITCHR: '12', SIGGRP: '(A)', COLOUR: '1', SIGPER: '' }, 'Mo(A) W'],
  [{ LITCHR: '25', SIGGRP: '(6)(1)', COLOUR: '1', SIGPER: '15' }, 'Q(6)+LFl W 15s'],
  [{ LITCHR: '14', SIGGRP: '(1)(2)', COLOUR: '1' }, 'Fl+LFl(2) W'],
  [{ LITCHR: '13', SIGGRP: '()(1)', COLOUR: '1' }, 'FFl W'],
  [{ LITCHR: '29', SIGGRP: '()(3)', COLOUR: '1,3' }, 'AlF Fl(3) WR'],
  [{ LITCHR: '1', CATLIT: '1,6', COLOUR: '3' }, 'Dir F R'],
  [{ LITCHR: '19', CATLIT: '5', COLOUR: '1,4', SIGPER: '10' }, 'Aero AlFl WG 10s'],
  [{ LITCHR: '1', CATLIT: '7', COLOUR: '1' }, 'Fog Det Lt F W'],
  [{ COLOUR: '3' }, 'R'],
  [{ CATLIT: '5' }, ''],
  [{}, ''],
] as [Record<string, string>, string][]) {
  test(`${JSON.stringify(attributes)} is written ${JSON.stringify(expected)}`, () => assert.equal(of(attributes), expected))
}

test('status words follow the description', () => {
  const status = (codes: string) => lightStatus(new Map([['STATUS', codes]]))
  assert.deepEqual(['8', '1,2', '7', '11', '17', '5', ''].map(status), ['(priv)', '(occas)', '(temp)', '(exting)', '(U)', '', ''])
})

test('ranges of sectors fall, and three or more are written as first and last', () => {
  assert.deepEqual(
    [[], [12], [12, 18], [18, 12, 12], [9, 18, 12], [7.5]].map((ranges) => sectorRanges(ranges)),
    ['', '12M', '18/12M', '18/12M', '18-9M', '7.5M'],
  )
})
