import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WORLD } from '#geo/world.ts'
import type { Standard } from '#s57/cell.ts'
import { chartCell } from '#test/chart-cell.ts'
import { type ChartCell, createSnapshot } from './chart-snapshot.ts'

const box = [0, 0, 1, 1] as const
const world = { minX: 0, minY: 0, maxX: WORLD, maxY: WORLD }
const cell = (name: string, accountId: number | null, twin: string | null = null) =>
  chartCell(name, `${name} of ${accountId}`, box, { accountId, twin })

/** Names of the cells that an account may see drawn, with their owners. */
function drawn(cells: readonly ChartCell[], prefer: Standard, accountId: number | null): string[] {
  return createSnapshot(1, cells, prefer)
    .near(world, accountId, 14)
    .map((each) => each.compiledKey)
    .sort()
}

test('of two twins of an account the preferred one is drawn, in whatever order they are listed', () => {
  const twins = [cell('OLD', 1), cell('NEW', 1, 'OLD'), cell('ALONE', 1), cell('NEXT', 1, 'NOWHERE')]
  for (const cells of [twins, twins.toReversed()]) {
    assert.deepEqual(drawn(cells, 's101', 1), ['ALONE of 1', 'NEW of 1', 'NEXT of 1'])
    assert.deepEqual(drawn(cells, 's57', 1), ['ALONE of 1', 'NEXT of 1', 'OLD of 1'])
  }
})

test('a public cell gives way to a twin only for the account that has it', () => {
  const cells = [cell('OLD', null), cell('NEW', 1, 'OLD')]
  assert.deepEqual(drawn(cells, 's101', 1), ['NEW of 1'])
  assert.deepEqual(drawn(cells, 's101', 2), ['OLD of null'])
  assert.deepEqual(drawn(cells, 's101', null), ['OLD of null'])
  assert.deepEqual(drawn(cells, 's57', 1), ['OLD of null'])
})
