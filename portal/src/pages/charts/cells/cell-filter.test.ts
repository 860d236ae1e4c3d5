import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChartCell } from '../../../api/charts-api.ts'
import { filterCells, nextSort, readCellFilter } from './cell-filter.ts'

const NOW = Date.UTC(2026, 10, 29)

function cell(name: string, changes: Partial<ChartCell> = {}): ChartCell {
  return {
    name,
    title: null,
    source: 'noaa',
    standard: 's57',
    uploadId: null,
    edition: 1,
    update: 0,
    issueDate: '2026-01-01',
    updateDate: null,
    usageBand: 5,
    scale: 20_000,
    bbox: [0, 0, 1, 1],
    upToDate: true,
    featureCount: 1,
    files: [],
    indexedAt: 1,
    ...changes,
  }
}

test('charts are found by name or title, and sorted both ways', () => {
  const cells = [cell('XX5B', { scale: 10_000 }), cell('XX5A', { title: 'Inner harbour' }), cell('XX3C', { scale: 90_000 })]
  const names = (filter: Parameters<typeof filterCells>[1]) => filterCells(cells, filter, NOW).map(({ name }) => name)
  assert.deepEqual(names({}), ['XX3C', 'XX5A', 'XX5B'])
  assert.deepEqual(names({ q: 'HARBOUR' }), ['XX5A'])
  assert.deepEqual(names({ q: 'xx5' }), ['XX5A', 'XX5B'])
  assert.deepEqual(names({ sort: '-scale' }), ['XX3C', 'XX5A', 'XX5B'])
  assert.deepEqual(names({ sort: 'scale' }), ['XX5B', 'XX5A', 'XX3C'])
  assert.deepEqual(names({ source: 'upload' }), [])
})

test('charts are found by source, by scale, and by the years since their last update', () => {
  const cells = [
    cell('A', { scale: 12_000, issueDate: '2020-01-01', updateDate: '2026-01-01' }),
    cell('B', { scale: 15_001, issueDate: '2024-11-28' }),
    cell('C', { scale: 700_000, issueDate: '2024-11-29', source: 'usace' }),
    cell('D', { scale: 90_000, issueDate: null }),
    cell('XXE', { scale: 90_000, issueDate: null }),
  ]
  const names = (filter: Parameters<typeof filterCells>[1]) =>
    filterCells(cells, filter, NOW)
      .map(({ name }) => name)
      .join('')
  assert.equal(names({ source: 'usace' }), 'C')
  assert.equal(names({ source: 'noaa' }), 'ABD')
  assert.equal(names({ source: 'invented' }), 'XXE')
  assert.equal(names({ scale: '0-15000' }), 'A')
  assert.equal(names({ scale: '15001-50000' }), 'B')
  assert.equal(names({ scale: '600001-' }), 'C')
  assert.equal(names({ old: '2' }), 'B', 'a chart without a date is not known to be old')
  assert.equal(names({ old: '1' }), 'BC')
})

test('a second click on a column turns its order round', () => {
  assert.equal(nextSort(undefined, 'name'), '-name')
  assert.equal(nextSort('-name', 'name'), 'name')
  assert.equal(nextSort('name', 'scale'), 'scale')
})

test('an address with values that are not known reads as no filter', () => {
  assert.deepEqual(
    readCellFilter({ q: '', source: 'other', sort: 'colour', scale: '1-2', old: '3', here: 'x', at: '91,0,1' }),
    {},
  )
  const full = {
    q: 'a',
    source: 'usace',
    scale: '0-15000',
    old: '5',
    sort: '-scale',
    here: 'only',
    at: '32,-80.9,9',
    chart: 'XX5A',
  }
  assert.deepEqual(readCellFilter(full), full)
})
