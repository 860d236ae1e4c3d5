import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstZoom, orderCells, type RankedCell } from './cell-order.ts'

const cell = (name: string, scale: number, more: Partial<RankedCell> = {}): RankedCell => ({
  name,
  scale,
  edition: 1,
  update: 0,
  issueDate: '2026-01-01',
  usageBand: 5,
  latitude: 0,
  ...more,
})
const names = (cells: readonly RankedCell[], zoom: number) => orderCells(cells, zoom).map(({ name }) => name)

test('a cell is meant for zooms from the one whose display zooms include its scale, up to 16', () => {
  assert.equal(firstZoom(cell('a', 12_000)), 14)
  assert.equal(firstZoom(cell('a', 12_000, { latitude: 60 })), 13)
  assert.equal(firstZoom(cell('a', 1_000)), 16, 'finer than the last zoom')
})

test('cells meant for the zoom claim first, finest first; then cells for later zooms, coarsest first', () => {
  const cells = [cell('overview', 1_500_000), cell('coast', 90_000), cell('berth', 4_000), cell('harbour', 12_000)]
  assert.deepEqual(names(cells, 16), ['berth', 'harbour', 'coast', 'overview'])
  assert.deepEqual(names(cells, 14), ['harbour', 'coast', 'overview', 'berth'])
  assert.deepEqual(names(cells, 11), ['coast', 'overview', 'harbour', 'berth'])
  assert.deepEqual(names(cells, 0), ['overview', 'coast', 'harbour', 'berth'])
})

test('ties go to the newest cell, then to the name, whatever order the cells come in', () => {
  const cells = [
    cell('b', 12_000),
    cell('a', 12_000),
    cell('d', 12_000, { edition: 2 }),
    cell('c', 12_000, { issueDate: '2026-02-01' }),
    cell('e', 12_000, { update: 3 }),
  ]
  assert.deepEqual(names(cells, 15), ['c', 'd', 'e', 'a', 'b'])
  assert.deepEqual(names(cells.toReversed(), 15), ['c', 'd', 'e', 'a', 'b'])
  assert.deepEqual(names(cells, 0), ['c', 'd', 'e', 'a', 'b'])
})
