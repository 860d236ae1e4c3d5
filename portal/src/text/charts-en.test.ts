import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { QueuedFile } from '../uploads/upload-queue.ts'
import {
  ageWords,
  deletionSentence,
  scaleText,
  sendingText,
  shownFrom,
  sourceName,
  trayWords,
  uploadResult,
} from './charts-en.ts'

const FILE: QueuedFile = {
  key: 1,
  name: 'a.zip',
  size: 50_000_000,
  state: 'sending',
  sent: 31_000_000,
  bytesPerSecond: 4_000_000,
  secondsLeft: 4.75,
  problem: null,
  uploadId: null,
}

test('a file on its way says how far it is, how fast it goes and how long it takes', () => {
  assert.equal(sendingText(FILE), 'Sending 62 % (31 MB of 50 MB, 4 MB/s, about 5 s)')
  assert.equal(trayWords([FILE, { ...FILE, key: 2, state: 'queued' }]), 'Sending 62 %, 1 more')
  assert.equal(trayWords([{ ...FILE, state: 'sent' }]), null)
})

test('a public chart of no agency is named as invented, and an upload as an upload', () => {
  const names = ['noaa', 'usace', 'upload'].map((source) => sourceName({ name: 'XX5DEMOA', source }))
  assert.deepEqual(names, ['Invented, no survey', 'Invented, no survey', 'Upload'])
  assert.equal(sourceName({ name: 'US5GA20M', source: 'noaa' }), 'NOAA, sea charts')
})

test('an upload says in words what has become of it', () => {
  const upload = { status: 'processing', cells: { pending: 5, indexed: 7 }, error: null, totalCharts: 12 } as const
  assert.equal(uploadResult(upload), 'Reading 7 of 12 charts')
  assert.equal(uploadResult({ ...upload, status: 'failed', cells: { indexed: 11, failed: 1 } }), '12 charts, 11 ready, 1 failed')
})

test('a chart that was read says where the map shows it from', () => {
  const displaced = { visible: true, displacedBy: '101XX00AA5TEST' }
  assert.equal(shownFrom({ visible: true, displacedBy: null }), 'shown from this upload')
  assert.equal(shownFrom({ visible: false, displacedBy: null }), 'shown from elsewhere')
  assert.equal(shownFrom(displaced), 'but 101XX00AA5TEST, the same chart, is drawn in its place')
})

test('a deletion says how many charts go back and how many disappear', () => {
  const cell = (after: 'removed' | 'older-upload' | 'public') => ({ name: 'XX5DEMOA', after, uploadId: null })
  assert.equal(
    deletionSentence([cell('removed'), cell('older-upload'), cell('older-upload'), cell('public')]),
    '4 charts come from here: 2 go back to an older upload, 1 goes back to the public chart, 1 disappears.',
  )
  assert.match(deletionSentence([]), /^No chart is shown from here/)
})

test('a chart says how old it is in days, then months, then years', () => {
  const now = Date.UTC(2026, 10, 29)
  assert.equal(ageWords('2026-11-28', now), '1 day old')
  assert.equal(ageWords('2026-10-01', now), '59 days old')
  assert.equal(ageWords('2025-11-01', now), '12 months old')
  assert.equal(ageWords('2023-11-01', now), '3 years old')
  assert.equal(ageWords('2026-12-24', now), '0 days old', 'a chart may be issued ahead')
  assert.equal(ageWords('soon', now), '')
})

test('a scale is written as charts write it, on every page', () => {
  assert.deepEqual([scaleText(20_000), scaleText(1_499_999.6), scaleText(800)], ['1:20 000', '1:1 500 000', '1:800'])
})
