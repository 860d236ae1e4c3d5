import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ago, agoChangesIn, ahead, aheadChangesIn, duration, sinceStart, tickingDuration } from './durations.ts'

test('durations have at most two units and never go below zero', () => {
  const cases: [number, string][] = [
    [-500, '0.0 s'],
    [420, '0.4 s'],
    [9_949, '9.9 s'],
    [9_950, '10 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [185_000, '3 min 5 s'],
    [3_599_600, '1 h'],
    [7_800_000, '2 h 10 min'],
    [86_400_000 * 4 + 3_600_000 * 3, '4 d 3 h'],
  ]
  for (const [ms, text] of cases) assert.equal(duration(ms), text)
  assert.equal(tickingDuration(4_900), '4 s')
})

test('an age changes exactly when it says so', () => {
  for (const age of [-2_000, 0, 9_999, 34_000, 59_999, 61_000, 3_599_000, 7_000_000, 90_000_000, 400_000_000]) {
    const wait = agoChangesIn(age)
    assert.ok(wait > 0)
    assert.equal(ago(age + wait - 1), ago(age))
    assert.notEqual(ago(age + wait), ago(age))
  }
})

test('a log line is timed since the start to a tenth of a second, with hours only where there are any', () => {
  const cases: [number, string][] = [
    [-80, '+0:00.0'],
    [7_390, '+0:07.3'],
    [59_999, '+0:59.9'],
    [3_599_950, '+59:59.9'],
    [3_729_000, '+1:02:09.0'],
    [86_400_000, '+24:00:00.0'],
  ]
  for (const [ms, text] of cases) assert.equal(sinceStart(ms), text)
})

test('what lies ahead is given in whole units, never rounded up', () => {
  const cases: [number, string][] = [
    [-5, 'now'],
    [59_000, 'now'],
    [179_000, 'in 2 min'],
    [47 * 3_600_000, 'in 47 h'],
    [14 * 86_400_000 - 1, 'in 13 days'],
  ]
  for (const [ms, text] of cases) assert.equal(ahead(ms), text)
})

test('what lies ahead is drawn again exactly when it reads otherwise, and never once it has come', () => {
  for (const left of [60_000, 61_000, 179_000, 3_599_000, 3_600_000, 47 * 3_600_000, 13.5 * 86_400_000]) {
    const wait = aheadChangesIn(left)
    assert.ok(wait > 0)
    assert.equal(ahead(left - wait + 1), ahead(left))
    assert.notEqual(ahead(left - wait), ahead(left))
  }
  assert.equal(aheadChangesIn(59_999), Number.POSITIVE_INFINITY)
})
