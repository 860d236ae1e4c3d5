import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvOf, gpxOf } from './line-files.ts'

test('a line is written as a route of GPX, its name escaped', () => {
  const text = gpxOf([{ latitude: 1, longitude: 2 }], 'A & <B>')
  assert.match(text, /<name>A &amp; &lt;B><\/name>/)
  assert.match(text, /<rtept lat="1\.000000" lon="2\.000000"><name>1<\/name><\/rtept>/)
})

test('a profile is written as CSV, with empty fields for what is unknown', () => {
  const source = { cell: 'XX5DEMOA', edition: 1, update: 2, scale: 12_000, quality: 'B (no full search, positions within 50 m)' }
  const sample = { distance: 0, until: 20, position: [2, 1] as [number, number], unknowns: [] }
  const text = csvOf({
    length: 40,
    samples: [
      { ...sample, shoalest: 5.4, deepest: null, source },
      { ...sample, shoalest: null, deepest: null, unknowns: ['land', 'depth'], source: null },
    ],
    dangers: [],
    gaps: [],
    shoalest: null,
  })
  const [, first, second] = text.split('\r\n')
  assert.equal(first, '0.0,20.0,2.000000,1.000000,5.4,,,XX5DEMOA,1,2,12000,"B (no full search, positions within 50 m)"')
  assert.equal(second, '0.0,20.0,2.000000,1.000000,,,land depth,,,,,')
})
