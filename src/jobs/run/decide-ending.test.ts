import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { PermanentError } from '#lib/errors.ts'
import { FanOut } from '../model/job-type.ts'
import { ClaimLostError } from './claim.ts'
import { decideEnding, type Outcome, TRIES } from './decide-ending.ts'
import { CancelledError, ShutdownError } from './stop-reasons.ts'

const DELAY = 10
const decide = (outcome: Outcome, tries = 1) => decideEnding(outcome, tries, DELAY)
const threw = (error: unknown, tries = 1) => decide({ kind: 'threw', error }, tries)

describe('a run whose handler returned', () => {
  test('a result completes the job', () => {
    assert.deepEqual(decide({ kind: 'returned', result: { cells: 3 } }), { kind: 'completed', result: { cells: 3 } })
  })

  test('a fan-out with children starts them', () => {
    const plan = new FanOut([{ jobType: 'child', parameters: {} }], { onChildFailure: 'fail' })
    assert.deepEqual(decide({ kind: 'returned', result: plan }), { kind: 'children', plan })
  })

  test('a fan-out without children completes the job with its own result', () => {
    const plan = new FanOut([], { onChildFailure: 'fail', result: { cells: 0 } })
    assert.deepEqual(decide({ kind: 'returned', result: plan }), { kind: 'completed', result: { cells: 0 } })
  })
})

describe('a run that was stopped', () => {
  test('a cancel ends the job as cancelled, however many tries it has used', () => {
    for (const tries of [1, TRIES, TRIES + 1]) {
      assert.deepEqual(threw(new CancelledError(), tries), { kind: 'cancelled' })
      assert.deepEqual(decide({ kind: 'cancelled' }, tries), { kind: 'cancelled' })
    }
  })

  test('a shutdown puts the job back, also in its last try', () => {
    for (const tries of [1, TRIES]) assert.deepEqual(threw(new ShutdownError(), tries), { kind: 'put-back' })
  })

  test('a lost lease writes nothing', () => {
    const error = new ClaimLostError({ jobId: 'a', attempt: 1 })
    for (const tries of [1, TRIES]) assert.deepEqual(threw(error, tries), { kind: 'claim-lost', error })
  })
})

describe('a run that failed', () => {
  test('a retryable error puts the job back and doubles the delay with each try', () => {
    const failure = { name: 'TypeError', message: 'no such host' }
    assert.deepEqual(threw(new TypeError('no such host'), 1), { kind: 'retry', failure, delaySeconds: DELAY })
    assert.deepEqual(threw(new TypeError('no such host'), 2), { kind: 'retry', failure, delaySeconds: 2 * DELAY })
  })

  test('a retryable error in the last try fails the job', () => {
    const failure = { name: 'Error', message: 'no such host' }
    assert.deepEqual(threw(new Error('no such host'), TRIES), { kind: 'failed', failure })
  })

  test('a job whose thread runs out of memory fails with that reason in its second try', () => {
    const full = Object.assign(new Error('reached the heap limit'), { code: 'ERR_WORKER_OUT_OF_MEMORY' })
    const error = new Error('reading failed', { cause: full })
    const failure = { name: 'Error', message: 'reading failed: reached the heap limit' }
    assert.deepEqual(threw(error, 1), { kind: 'retry', failure, delaySeconds: DELAY })
    assert.deepEqual(threw(error, 2), { kind: 'failed', failure })
  })

  test('a permanent error fails the job in its first try', () => {
    const failure = { name: 'PermanentError', message: 'not XML' }
    assert.deepEqual(threw(new PermanentError('not XML'), 1), { kind: 'failed', failure })
  })

  test('a thrown value that is not an Error is stored as text, without secrets', () => {
    const failure = { name: 'Error', message: 'token=[redacted]' }
    assert.deepEqual(threw('token=abc', TRIES), { kind: 'failed', failure })
  })
})

describe('a run that could not start', () => {
  test('an unknown job type fails the job', () => {
    const failure = { name: 'Error', message: 'this server has no handler for jobs of type odd' }
    assert.deepEqual(decide({ kind: 'unknown-type', jobType: 'odd' }), { kind: 'failed', failure })
  })

  test('a job that lost its worker in every try fails', () => {
    const failure = { name: 'Error', message: 'the worker was lost 3 times while running this job, so it is not retried' }
    assert.deepEqual(decide({ kind: 'lost-too-often' }, TRIES + 1), { kind: 'failed', failure })
  })
})
