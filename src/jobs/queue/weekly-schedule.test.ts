import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextWeekly } from './weekly-schedule.ts'

const at = (text: string) => Date.parse(`${text}Z`)

// 2026-01-15 is a Thursday.
const cases: [cron: string, now: string, next: string][] = [
  ['30 8 * * 4', '2026-01-15T08:29:59.999', '2026-01-15T08:30'],
  ['30 8 * * 4', '2026-01-15T08:30', '2026-01-22T08:30'],
  ['0 0 * * 0', '2026-01-15T12:00', '2026-01-18T00:00'],
  ['59 23 * * 6', '2026-01-18T00:00', '2026-01-24T23:59'],
  ['5 1 * * 1', '2026-12-31T23:00', '2027-01-04T01:05'],
]

for (const [cron, now, next] of cases) {
  test(`the first turn of ${cron} after ${now} is ${next}`, () => {
    assert.equal(nextWeekly(cron, at(now)), at(next))
  })
}
