import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createProgress } from './progress.ts'

const steps = [
  { name: 'a', weight: 3, done: 0 },
  { name: 'b', weight: 1, done: 0 },
]

test('progress is the weighted mean of the steps', () => {
  const progress = createProgress(steps, 0)
  assert.equal(progress.percent(), 0)
  progress.set('a', 0.5)
  assert.equal(progress.percent(), 37)
  progress.set('a', 1)
  assert.equal(progress.percent(), 75)
})

test('progress is at most 99; only a completed job has 100', () => {
  const progress = createProgress(steps, 0)
  progress.set('a', 1)
  progress.set('b', 1)
  assert.equal(progress.percent(), 99)
})

test('progress starts from the steps that earlier attempts completed, and never below what was shown', () => {
  assert.equal(
    createProgress(
      [
        { name: 'a', weight: 1, done: 1 },
        { name: 'b', weight: 1, done: 0 },
      ],
      20,
    ).percent(),
    50,
  )
  assert.equal(createProgress([{ name: 'a', weight: 1, done: 0 }], 40).percent(), 40)
})

test('progress never falls, even when a lower value is reported', () => {
  const report = fc.oneof(
    fc.tuple(fc.constantFrom('a', 'b', 'late', 'unknown'), fc.double({ noNaN: false, min: -1, max: 2 })),
    fc.constant(null),
  )
  fc.assert(
    fc.property(fc.array(report, { maxLength: 40 }), (reports) => {
      const progress = createProgress(steps, 0)
      let before = progress.percent()
      for (const entry of reports) {
        if (entry === null) progress.add('late', 5)
        else progress.set(entry[0], entry[1])
        const now = progress.percent()
        assert.ok(Number.isInteger(now) && now >= before && now <= 99)
        before = now
      }
    }),
  )
})
