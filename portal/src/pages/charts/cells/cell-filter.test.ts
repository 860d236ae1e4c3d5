import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChartCell } from '../../../api/charts-api.ts'
import { filterCells, nextSort, readCellFilter } from './cell-filter.ts'

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
  const names = (filter: Parameters<typeof filterCells>[1]) => filterCells(cells, filter).map(({ name }) => name)
  assert.deepEqual(names({}), ['XX3C', 'XX5A', 'XX5B'])
  assert.deepEqual(names({ q: 'HARBOUR' }), ['XX5A'])
  assert.deepEqual(names({ q: 'xx5' }), ['XX5A', 'XX5B'])
  assert.deepEqual(names({ sort: '-scale' }), ['XX3C', 'XX5A', 'XX5B'])
  assert.deepEqual(names({ sort: 'scale' }), ['XX5B', 'XX5A', 'XX3C'])
  assert.deepEqual(names({ source: 'upload' }), [])
})

test('a second click on a column turns its order round', () => {
  assert.equal(nextSort(undefined, 'name'), '-name')
  assert.equal(nextSort('-name', 'name'), 'name')
  assert.equal(nextSort('name', 'scale'), 'scale')
})

test('an address with values that are not known reads as no filter', () => {
  assert.deepEqual(readCellFilter({ q: '', source: 'other', sort: 'colour' }), {})
  assert.deepEqual(readCellFilter({ q: 'a', source: 'upload', sort: '-scale' }), { q: 'a', source: 'upload', sort: '-scale' })
})
