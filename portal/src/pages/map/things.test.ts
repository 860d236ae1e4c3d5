import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChartFeature } from './chart-feature.ts'
import { dangerDepth, filesOf, splitWords, thingsOf } from './things.ts'

const AT: [number, number] = [42.9, -34.9]
let count = 0

function feature(layerId: string, words: string, more: Partial<ChartFeature> = {}): ChartFeature {
  return {
    id: String(++count),
    parentCellName: 'XX5DEMOA',
    layerId,
    layerName: layerId,
    position: null,
    geometry: { type: 'Point', coordinates: [0, 0] },
    attributes: {},
    rawAttributes: {},
    words,
    ...more,
  }
}

test('a buoy with its light, its topmark and its horn is one thing, named by the buoy', () => {
  const [thing, ...others] = thingsOf([
    feature('LIGHTS', 'Light Harbour Buoy 8: Fl R 4s 3M.', { position: AT, attributes: { objectName: 'Harbour Buoy 8' } }),
    feature('TOPMAR', 'Topmark: red cylinder.', { position: AT }),
    feature('BOYLAT', 'Starboard-hand buoy R "8": red nun, radar reflector. The chart notes: “Seasonal”.', { position: AT }),
    feature('FOGSIG', 'Fog signal: horn, every 30 s.', { position: AT }),
  ])
  assert.equal(others.length, 0)
  assert.equal(thing?.title, 'Starboard-hand buoy R "8"')
  assert.deepEqual(thing?.sentences, [
    'Red nun, radar reflector.',
    'Light: Fl R 4s 3M.',
    'Fog signal: horn, every 30 s.',
    'Topmark: red cylinder.',
  ])
  assert.deepEqual(thing?.notes, ['Seasonal'])
  assert.equal(thing?.kind, 'aid')
})

test('cards come in the order dangers, aids, rules, depth, the rest, and data about the data are left out', () => {
  const kinds = thingsOf([
    feature('BUISGL', 'Building.', { position: [1, 1] }),
    feature('DEPARE', 'Depth 5 to 10 m.'),
    feature('M_COVR', 'Coverage.'),
    feature('RESARE', 'Restricted area.'),
    feature('BCNLAT', 'Beacon.', { position: [2, 2] }),
    feature('WRECKS', 'Dangerous wreck.', { position: [3, 3] }),
  ]).map(({ kind }) => kind)
  assert.deepEqual(kinds, ['danger', 'aid', 'rule', 'depth', 'other'])
})

test('an area that two charts share is one card, and two different wrecks at one place are two', () => {
  const things = thingsOf([
    feature('RESARE', 'Restricted area: nature reserve.'),
    feature('RESARE', 'Restricted area: nature reserve.', { parentCellName: 'XX5DEMOB' }),
    feature('WRECKS', 'Dangerous wreck.', { position: AT }),
    feature('WRECKS', 'Visible wreck.', { position: AT }),
  ])
  assert.deepEqual(
    things.map(({ features }) => features.length),
    [1, 1, 2],
  )
})

test('a sentence is split into its heading, its details and the note of the chart', () => {
  assert.deepEqual(splitWords('Caution area. The chart notes: “Line: 33 CFR 80.715”.'), {
    head: 'Caution area',
    details: '',
    note: 'Line: 33 CFR 80.715',
  })
})

test('the depth of a danger and the files of a thing come from its attributes', () => {
  const [wreck] = thingsOf([
    feature('WRECKS', 'Wreck.', { position: AT, rawAttributes: { valsou: 4.2, txtdsc: 'A.TXT', picrep: 'B.TIF' } }),
  ])
  assert.ok(wreck)
  assert.equal(dangerDepth(wreck), 4.2)
  assert.deepEqual(filesOf(wreck), [
    { cell: 'XX5DEMOA', file: 'A.TXT', kind: 'text' },
    { cell: 'XX5DEMOA', file: 'B.TIF', kind: 'picture' },
  ])
  const [rock] = thingsOf([feature('UWTROC', 'Rock.', { position: AT, rawAttributes: { valsou: null } })])
  assert.equal(rock === undefined ? 0 : dangerDepth(rock), null)
})
