import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseRange } from './parse-range.ts'

test('a range names its first and last byte, or how many bytes at the end; the part ends before the next byte', () => {
  assert.deepEqual(parseRange('bytes=0-9', 100), { start: 0, end: 10 })
  assert.deepEqual(parseRange('bytes=90-', 100), { start: 90, end: 100 })
  assert.deepEqual(parseRange('bytes=90-500', 100), { start: 90, end: 100 })
  assert.deepEqual(parseRange('bytes=-10', 100), { start: 90, end: 100 })
  assert.deepEqual(parseRange('bytes=-500', 100), { start: 0, end: 100 })
})

test('a range beyond the content cannot be satisfied', () => {
  assert.equal(parseRange('bytes=100-', 100), 'unsatisfiable')
  assert.equal(parseRange('bytes=-0', 100), 'unsatisfiable')
})

test('a header without a single valid range asks for the whole content', () => {
  for (const header of [undefined, 'bytes=', 'bytes=-', 'bytes=9-3', 'bytes=0-1,5-6', 'lines=1-2', 'bytes=a-b']) {
    assert.equal(parseRange(header, 100), null, String(header))
  }
})
