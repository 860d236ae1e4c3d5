import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actionOutcome } from './job-action.ts'

test('the outcome of an action counts what was done, and what was refused if anything was', () => {
  assert.equal(actionOutcome({ kind: 'cancel', ids: ['a'] }, 0), '1 job asked to stop')
  assert.equal(actionOutcome({ kind: 'retry', ids: ['a', 'b', 'c'] }, 1), '2 jobs started again, 1 refused')
})
