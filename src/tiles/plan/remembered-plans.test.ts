import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WORLD, type WorldBox } from '#geo/world.ts'
import { chartCell } from '#test/chart-cell.ts'
import { type ChartCell, type ChartSnapshot, createSnapshot } from '../view/chart-snapshot.ts'
import { createRememberedPlans } from './remembered-plans.ts'

const west = chartCell('XX5WEST', 'a', [10, 50, 10.2, 50.1])
const east = chartCell('XX5EAST', 'b', [20, 50, 20.2, 50.1])
const [aroundWest] = west.outline.boxes as [WorldBox]

/** A snapshot with these cells after another one. */
const next = (before: ChartSnapshot, ...cells: ChartCell[]) => createSnapshot(before.version + 1, cells, 's101', before)

test('a value outlives changes of cells elsewhere, and goes with a cell that comes, changes or goes on its ground', () => {
  const plans = createRememberedPlans<string>(10)
  const first = createSnapshot(1, [west, east])
  plans.set(first, 'west', aroundWest, 'plan')
  const second = next(first, west, chartCell('XX5EAST', 'c', [20, 50, 20.3, 50.1]))
  const third = next(second, west)
  assert.deepEqual(
    [first, second, third].map((snapshot) => plans.get(snapshot, 'west')),
    ['plan', 'plan', 'plan'],
  )
  for (const cells of [
    [],
    [chartCell('XX5WEST', 'd', [10, 50, 10.2, 50.1])],
    [west, chartCell('XX5NEXT', 'e', [10.1, 50, 10.3, 50.1])],
    [chartCell('XX5WEST', 'a', [30, 50, 30.2, 50.1])],
  ]) {
    plans.set(third, 'west', aroundWest, 'plan')
    assert.equal(plans.get(next(third, ...cells), 'west'), undefined, cells.map(({ name }) => name).join())
    assert.equal(plans.get(third, 'west'), 'plan', 'it still holds for the snapshot before')
  }
})

test('a row that was only written again changes nothing', () => {
  const plans = createRememberedPlans<string>(10)
  const first = createSnapshot(1, [west])
  plans.set(first, 'west', aroundWest, 'plan')
  assert.equal(plans.get(next(first, { ...west, indexedAt: west.indexedAt + 1 }), 'west'), 'plan')
})

test('a cell without a coverage of its own and a twin change everything', () => {
  const first = createSnapshot(1, [west, east])
  for (const change of [{ overlay: true }, { twin: 'XX5WEST' }]) {
    const plans = createRememberedPlans<string>(10)
    plans.set(first, 'west', aroundWest, 'plan')
    const changed = next(first, west, { ...east, ...change })
    assert.equal(plans.get(changed, 'west'), undefined)
    plans.set(changed, 'west', aroundWest, 'plan')
    assert.equal(plans.get(next(changed, west, east), 'west'), undefined)
  }
})

test('ground beyond the antimeridian counts on its other side', () => {
  const plans = createRememberedPlans<string>(10)
  const first = createSnapshot(1, [west])
  const beyond = { minX: WORLD - 10, minY: 0, maxX: WORLD + aroundWest.minX, maxY: WORLD }
  plans.set(first, 'edge', beyond, 'plan')
  assert.equal(plans.get(next(first, west, east), 'edge'), 'plan')
  assert.equal(plans.get(next(next(first, west, east), east), 'edge'), undefined)
})

test('a value that came late, for an older snapshot, does not replace a newer one', () => {
  const plans = createRememberedPlans<string>(10)
  const first = createSnapshot(1, [west])
  const second = next(first, west, east)
  plans.set(second, 'a', aroundWest, 'new')
  plans.set(first, 'a', aroundWest, 'late')
  assert.equal(plans.get(second, 'a'), 'new')
  assert.equal(plans.get(first, 'a'), undefined)
})

test('the oldest values go beyond the limit, and those older than what is remembered of changes', () => {
  const plans = createRememberedPlans<number>(2)
  const now = createSnapshot(1, [west])
  for (const [i, key] of ['a', 'b', 'c'].entries()) plans.set(now, key, null, i)
  assert.deepEqual(
    ['a', 'b', 'c'].map((key) => plans.get(now, key)),
    [undefined, 1, 2],
  )
  const unrelated = createSnapshot(9, [west])
  assert.equal(plans.get(unrelated, 'c'), undefined)
  plans.set(unrelated, 'd', null, 4)
  assert.equal(plans.get(now, 'b'), undefined)
  assert.equal(plans.get(unrelated, 'd'), 4)
})
