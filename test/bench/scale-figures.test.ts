import assert from 'node:assert/strict'
import { test } from 'node:test'
import { duration, markdownTable, quantile } from '../../bench/scale/figure.ts'
import { ratesOf } from '../../bench/scale/rows/cell-rates.ts'
import { differingTiles } from '../../bench/scale/rows/tile-digests.ts'

test('rates of tenths come from the times at which a tenth of the cells was there', () => {
  // Ten cells a second for half of them, then five a second, after a second of copying.
  const counts = [
    { at: 0, cells: 0 },
    { at: 1_000, cells: 0 },
    { at: 6_000, cells: 50 },
    { at: 16_000, cells: 100 },
  ]
  assert.deepEqual(
    ratesOf(counts, 100).map((rate) => Math.round(rate * 10) / 10),
    [10, 10, 10, 10, 10, 5, 5, 5, 5, 5],
  )
})

test('tiles differ when their status, size or digest does, or when the earlier run lacks them', () => {
  const head = '# 3 tiles of 20 cells, seed 1, day 1'
  const earlier = [head, '/0/0/0 200 10 aa', '/1/0/0 200 10 bb', '/1/1/0 200 0 cc']
  assert.deepEqual(differingTiles(earlier, earlier), [])
  assert.deepEqual(differingTiles(earlier, [head, '/0/0/0 200 10 aa', '/1/0/0 200 10 bd', '/1/1/1 200 0 cc']), [
    '/1/0/0',
    '/1/1/1',
  ])
})

test('digests of different mirrors are not compared', () => {
  assert.throws(() => differingTiles(['# 3 tiles of 20 cells, seed 1, day 1'], ['# 3 tiles of 20 cells, seed 1, day 2']), /day 2/)
})

test('figures are printed as a table of Markdown', () => {
  const figures = [
    { what: 'restart', measured: duration(4_210), aim: 'under 3 s' },
    { what: 'p50', measured: duration(quantile([3, 1, 2], 0.5)), aim: '' },
  ]
  assert.equal(
    markdownTable(figures),
    [
      '| what    | measured | aim       |',
      '| ------- | -------- | --------- |',
      '| restart | 4.21 s   | under 3 s |',
      '| p50     | 2.0 ms   |           |',
    ].join('\n'),
  )
})
