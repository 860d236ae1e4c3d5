import assert from 'node:assert/strict'
import { test } from 'node:test'
import { orderCells, type RankedCell } from './cell-order.ts'
import { rankCells } from './cell-ranks.ts'

test('ranked cells come in the order of claim at every zoom, whichever of them are asked for', () => {
  const cells: RankedCell[] = Array.from({ length: 200 }, (_, i) => ({
    name: `C${(i * 37) % 200}`,
    edition: i % 3,
    update: i % 2,
    issueDate: i % 5 === 0 ? null : `2026-01-0${1 + (i % 4)}`,
    scale: [0, 4_000, 12_000, 12_000, 45_000, 180_000, 700_000, 3_500_000][i % 8]!,
    usageBand: 1 + (i % 6),
    latitude: (i % 70) - 10,
  }))
  const ranks = rankCells(cells)
  assert.equal(ranks.all.length, cells.length)
  for (let zoom = 0; zoom <= 16; zoom++) {
    const indices = ranks.all.map((_, i) => i).filter((i) => (i * 7 + zoom) % 3 !== 0)
    const some = indices.map((i) => ranks.all[i]!)
    assert.deepEqual(ranks.order(indices.toReversed(), zoom), orderCells(some, zoom), `zoom ${zoom}`)
  }
})
