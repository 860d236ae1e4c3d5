import assert from 'node:assert/strict'
import { test } from 'node:test'
import { logParts } from './log-text.ts'

test('cell names and job ids in a message are separated from its text', () => {
  assert.deepEqual(logParts('US5GA22M indexed: edition 12'), [
    { kind: 'cell', name: 'US5GA22M' },
    { kind: 'text', text: ' indexed: edition 12' },
  ])
  assert.deepEqual(logParts('child 0190a000-0000-7000-8000-000000000001'), [
    { kind: 'text', text: 'child ' },
    { kind: 'job', id: '0190a000-0000-7000-8000-000000000001' },
  ])
})

test('text without names stays whole, and markup stays text', () => {
  for (const message of ['', 'US5GA22MX', '<script>alert(1)</script>', 'ABCDEFGH']) {
    assert.deepEqual(logParts(message), [{ kind: 'text', text: message }])
  }
})
