import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readJobView } from './job-view.ts'

test('a view is read from the address, and what does not fit is left out', () => {
  assert.deepEqual(readJobView({}), {})
  assert.deepEqual(readJobView({ tab: 'details', level: 'error', q: 'US5', line: '12' }), {
    tab: 'details',
    level: 'error',
    q: 'US5',
    line: 12,
  })
  assert.deepEqual(readJobView({ tab: 'x', level: 'info', q: '', line: '-1' }), {})
  assert.equal(readJobView({ q: 'x'.repeat(500) }).q?.length, 200)
})
