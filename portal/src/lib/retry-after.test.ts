import assert from 'node:assert/strict'
import { test } from 'node:test'
import { retryAfter } from './retry-after.ts'

const wait = (text: string | null) =>
  retryAfter(new Headers(text === null ? {} : { 'retry-after': text }), Date.UTC(2026, 10, 30, 5, 0, 0))

test('Retry-After is read in seconds and as a time', () => {
  assert.equal(wait('20'), 20_000)
  assert.equal(wait('Mon, 30 Nov 2026 05:01:00 GMT'), 60_000)
  assert.equal(wait('Mon, 30 Nov 2026 04:59:00 GMT'), 0)
})

test('an answer without Retry-After, or with nonsense in it, asks for no wait', () => {
  for (const text of [null, '', 'soon']) assert.equal(wait(text), null)
})
