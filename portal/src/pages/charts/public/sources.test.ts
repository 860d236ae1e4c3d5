import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkWords, filterWords, namedSource, PUBLIC_SOURCES } from './sources.ts'

test('a source all of whose charts are invented is not named as a producer', () => {
  const [noaa] = PUBLIC_SOURCES as [(typeof PUBLIC_SOURCES)[number]]
  const name = (all: number, invented: number, ...failed: string[]) => namedSource(noaa, { all, invented }, failed).name
  assert.equal(name(0, 0), 'NOAA')
  assert.equal(name(9, 0), 'NOAA')
  assert.equal(name(9, 5), 'NOAA')
  assert.equal(name(5, 5, 'US5GA20M'), 'NOAA')
  assert.equal(name(5, 5, 'XX5DEMOA'), 'Invented charts')
  assert.equal(name(0, 0, 'XX5DEMOA'), 'Invented charts')
})

test('the filter of public charts reads as a sentence', () => {
  assert.equal(filterWords(null), 'None: every chart of the catalogue')
  const filter = { names: ['US5GA*'], states: ['GA', 'SC'], boxes: [[-81, 31, -80, 32]] }
  assert.equal(
    filterWords(JSON.stringify(filter)),
    'Names: US5GA*. States: GA, SC. Areas (west, south, east, north): -81, 31, -80, 32.',
  )
})

test('the last check of a source says what it found, or why the source could not be read', () => {
  const noaa = { checked: 12, indexed: 2, cancelled: 0, withdrawn: 1, failed: 1 }
  assert.equal(checkWords({ result: noaa }, 'noaa'), '12 charts checked, 2 new or changed, 1 withdrawn, 1 failed')
  assert.equal(checkWords({ result: noaa }, 'usace'), null)
  const both = { checked: 1, sources: { noaa: { checked: 1 }, usace: { checked: 0, error: 'no answer' } } }
  assert.equal(checkWords({ result: both }, 'noaa'), '1 chart checked')
  assert.equal(checkWords({ result: both }, 'usace'), 'no answer')
  assert.equal(checkWords({ result: null }, 'noaa'), null)
})
