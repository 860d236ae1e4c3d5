import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createWarningSummary } from './warning-summary.ts'

test('warnings are gathered by kind, with a count, the first names and the first of them', () => {
  const summary = createWarningSummary()
  for (let i = 1; i <= 7; i++) {
    const cell = `AA5AAAA${i}`
    summary.add(cell, [
      `${cell}.000, feature ${i} (DEPARE): its rings cross`,
      `${cell}.000, feature ${i + 9} (LNDARE): its rings cross`,
    ])
  }
  summary.add('AA5AAAA1', ['the issue date is 2026-01-01 in the cell but 2026-01-02 in the catalogue'])
  assert.deepEqual(summary.lines(), [
    '14 warnings in 7 cells (AA5AAAA1, AA5AAAA2, AA5AAAA3, AA5AAAA4, AA5AAAA5 and 2 more), such as: AA5AAAA1.000, feature 1 (DEPARE): its rings cross',
    '1 warning in 1 cell (AA5AAAA1), such as: the issue date is 2026-01-01 in the cell but 2026-01-02 in the catalogue',
  ])
})
