import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jobRecord } from '../../api/job-record.test-data.ts'
import { chooseAccount, fits, isFiltered, readJobFilter, sectionStates, toggleState } from './job-filter.ts'

test('a filter is read from the address, and what does not fit is left out', () => {
  assert.deepEqual(readJobFilter({}), {})
  assert.deepEqual(readJobFilter({ state: 'failed,cancelled', type: 'user-upload', account: '7', children: 'true' }), {
    state: ['failed', 'cancelled'],
    type: 'user-upload',
    account: 7,
    children: true,
  })
  assert.deepEqual(readJobFilter({ state: ['lost', 'failed', 'failed'], type: '<b>', account: 'x', children: 'no' }), {
    state: ['failed'],
  })
})

test('a job fits by type, account, state and level', () => {
  const job = jobRecord({ jobType: 'user-upload', jobState: 'failed', accountId: 7 })
  assert.ok(fits({}, job))
  assert.ok(fits({ state: ['failed'], type: 'user-upload', account: 7 }, job))
  assert.ok(!fits({ state: ['running'] }, job))
  assert.ok(!fits({ type: 'clear-tiles' }, job))
  assert.ok(!fits({ account: 8 }, job))
  assert.ok(!fits({}, { ...job, parentJobId: 'p' }))
  assert.ok(fits({ children: true }, { ...job, parentJobId: 'p' }))
})

test('each section asks for its own states', () => {
  assert.deepEqual(sectionStates({}), { now: ['pending', 'running'], earlier: ['completed', 'failed', 'cancelled'] })
  assert.deepEqual(sectionStates({ state: ['failed', 'running'] }), { now: ['running'], earlier: ['failed'] })
})

test('states are switched on and off', () => {
  const one = toggleState({}, 'failed')
  assert.deepEqual(one, { state: ['failed'] })
  assert.ok(isFiltered(one))
  assert.ok(!isFiltered(toggleState(one, 'failed')))
})

test('an account is selected and deselected', () => {
  const one = chooseAccount({ type: 'user-upload' }, 7)
  assert.deepEqual(one, { type: 'user-upload', account: 7 })
  assert.deepEqual(chooseAccount(one, 0), { type: 'user-upload' })
})
