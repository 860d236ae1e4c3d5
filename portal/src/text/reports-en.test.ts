import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearbyText, reportName, votesText } from './reports-en.ts'

test('votes are counted in words', () => {
  assert.equal(votesText(0, 0), 'Nobody has voted')
  assert.equal(votesText(1, 0), '1 confirms it')
  assert.equal(votesText(2, 1), '2 confirm it, 1 denies it')
})

test('the list says how many reports it leaves out', () => {
  assert.equal(nearbyText(1, 1, 1), '1 report')
  assert.equal(nearbyText(2, 7, 7), '2 near this view, 7 reports in all')
  assert.equal(nearbyText(2, 4_000, 1_000), '2 near this view, 4,000 reports in all; the newest 1000 were searched')
})

test('a kind of report that this version does not know is shown as it is', () => {
  assert.equal(reportName('hazard'), 'Hazard')
  assert.equal(reportName('ice'), 'ice')
})
