import assert from 'node:assert/strict'
import { test } from 'node:test'
import { threadMegabytes } from './thread-megabytes.ts'

test('threads share an eighth of the machine memory, within 96 to 192 MB each', () => {
  const gigabyte = 2 ** 30
  assert.equal(threadMegabytes(2 * gigabyte, 2), 128)
  assert.equal(threadMegabytes(2 * gigabyte, 4), 96)
  assert.equal(threadMegabytes(64 * gigabyte, 4), 192)
})
