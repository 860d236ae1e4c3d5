import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jobRecord } from '../api/job-record.test-data.ts'
import { doing, outcome, shownState, starter, stepName, subject, typeName, waitingSentence } from './job-words.ts'

test('types and steps read as words, unknown ones too', () => {
  assert.equal(typeName('refresh-public-charts'), 'Refresh public charts')
  assert.equal(typeName('make-coffee'), 'Make coffee')
  assert.equal(stepName('step_download_noaa'), 'Download charts')
  assert.equal(stepName('step_boil_water'), 'Boil water')
})

test('a running job that was asked to stop is cancelling, not cancelled', () => {
  const job = jobRecord({ jobState: 'running', cancelRequestedAt: 5 })
  assert.equal(shownState(job), 'cancelling')
  assert.equal(doing(job), 'Asked to stop; not stopped yet')
  assert.equal(shownState(jobRecord({ jobState: 'cancelled', cancelRequestedAt: 5 })), 'cancelled')
})

test('every reason to wait reads as a sentence', () => {
  assert.equal(waitingSentence('waits for 23 of 213 child jobs'), 'Waiting for 23 of 213 child jobs')
  assert.equal(waitingSentence('1 job is ahead of it in its queue'), 'Waiting for its turn: 1 job ahead')
  assert.equal(waitingSentence('12 jobs are ahead of it in its queue'), 'Waiting for its turn: 12 jobs ahead')
  assert.equal(
    waitingSentence('more than 100 jobs are ahead of it in its queue'),
    'Waiting for its turn: more than 100 jobs ahead',
  )
  assert.equal(waitingSentence('waits to be tried again'), 'Waiting to be tried again')
  assert.equal(waitingSentence('waits for a free worker'), 'Waiting for a free worker')
  assert.equal(waitingSentence('is held by the tide'), 'Is held by the tide')
})

test('a running job says which step is at work', () => {
  const steps = [step('step_download_noaa', 'completed'), step('step_index_noaa', 'running')]
  assert.equal(doing(jobRecord({ jobState: 'running', steps })), 'Indexing charts')
  assert.equal(doing(jobRecord({ jobState: 'completed', steps })), null)
})

test('results are described in a few words', () => {
  const ended = (jobType: string, result: Record<string, unknown> | null) =>
    outcome(jobRecord({ jobType, jobState: 'completed', result }))
  assert.equal(ended('refresh-public-charts', { indexed: 28, failed: 1 }), '28 charts indexed, 1 failed')
  assert.equal(ended('refresh-public-charts', { checked: 213, indexed: 0 }), '213 charts up to date')
  assert.equal(ended('clear-tiles', { tiles: 0, bytes: 0 }), 'The cache was empty')
  assert.equal(ended('clear-tiles', { tiles: 1, bytes: 1_200 }), '1 tile removed, 1.2 kB freed')
  assert.equal(ended('user-upload', { cells: 12, permits: 0 }), '12 charts')
  assert.equal(ended('export-charts', { tiles: 1_234, bytes: 34_000_000 }), '1,234 tiles, 34 MB')
  assert.equal(ended('make-coffee', null), null)
  const failed = jobRecord({ jobState: 'failed', error: { name: 'Error', message: 'the catalogue cannot be read' } })
  assert.equal(outcome(failed), 'The catalogue cannot be read')
})

test('a job names its subject and who started it', () => {
  assert.equal(subject({ parameters: { uploadId: 5 } }), 'upload 5')
  assert.equal(subject({ parameters: { uploadId: 5, filename: 'harbour.zip' } }), 'harbour.zip')
  assert.equal(subject({ parameters: { cells: ['US5A', 'US5B', 'US5C'] } }), '3 charts')
  assert.equal(subject({ parameters: { uploadId: 5, filename: 'harbour.zip', cells: ['US5A'] } }), 'US5A of harbour.zip')
  assert.equal(subject({ parameters: { uploadId: 5, filename: '' } }), 'upload 5')
  assert.equal(subject({ parameters: {} }), null)
  assert.equal(starter({ startedBy: { kind: 'user', userId: 3, username: 'kim' } }), 'kim')
  assert.equal(starter({ startedBy: { kind: 'schedule', userId: null, username: null } }), 'Schedule')
  assert.equal(starter({ startedBy: null }), null)
})

function step(stepName: string, status: 'completed' | 'running') {
  return { id: stepName, jobId: 'job', stepName, status, startedAt: 1, completedAt: null, result: null, error: null, attempt: 1 }
}
