import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTimeAxis } from './time-axis.ts'

const T = Date.UTC(2026, 10, 29, 12)
const MINUTE = 60_000

test('without gaps time and place are proportional', () => {
  const axis = createTimeAxis(T, T + 10 * MINUTE, [{ from: T, to: T + 10 * MINUTE }])
  assert.equal(axis.folds.length, 0)
  assert.ok(Math.abs(axis.place(T + 5 * MINUTE) - 0.5) < 1e-9)
  assert.equal(axis.place(T - 1), 0)
  assert.equal(axis.place(T + 20 * MINUTE), 1)
  assert.ok(axis.ticks.length >= 4 && axis.ticks.length <= 8)
})

test('two hours of waiting between two minutes of work are folded', () => {
  const busy = [
    { from: T, to: T + MINUTE },
    { from: T + 121 * MINUTE, to: T + 122 * MINUTE },
  ]
  const axis = createTimeAxis(T, T + 122 * MINUTE, busy)
  assert.equal(axis.folds.length, 1)
  assert.deepEqual([axis.folds[0]?.from, axis.folds[0]?.to], [T + MINUTE, T + 121 * MINUTE])
  assert.ok(axis.place(T + MINUTE) > 0.4, 'the first minute takes almost half of the width')
  assert.ok(axis.place(T + 121 * MINUTE) < 0.6)
})

test('places never go back, and ticks lie outside folds', () => {
  const busy = [3, 4, 40, 41, 300].map((n) => ({ from: T + n * MINUTE, to: T + (n + 1) * MINUTE }))
  const axis = createTimeAxis(T, T + 301 * MINUTE, busy)
  let last = 0
  for (let at = T; at <= T + 301 * MINUTE; at += 10_000) {
    const x = axis.place(at)
    assert.ok(x >= last - 1e-12 && x <= 1 + 1e-9)
    last = x
  }
  for (const tick of axis.ticks) {
    assert.ok(axis.folds.every((fold) => tick.time <= fold.from || tick.time >= fold.to))
  }
})

test('a job of a few milliseconds has an axis of a second', () => {
  const axis = createTimeAxis(T, T + 3, [{ from: T, to: T + 3 }])
  assert.ok(axis.place(T + 3) < 0.01)
})

test('ticks say seconds where they are less than a minute apart, however long the fold beside them', () => {
  const work = [{ from: T + 180 * MINUTE, to: T + 180 * MINUTE + 3_000 }]
  assert.equal(createTimeAxis(T, T + 180 * MINUTE + 3_000, work).needsSeconds, true)
  assert.equal(createTimeAxis(T, T + 180 * MINUTE, [{ from: T, to: T + 180 * MINUTE }]).needsSeconds, false)
})
