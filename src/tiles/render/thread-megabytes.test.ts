import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasSpareThread, threadMegabytes } from './thread-megabytes.ts'

test('threads share an eighth of the machine memory, within 96 to 192 MB each', () => {
  const gigabyte = 2 ** 30
  assert.equal(threadMegabytes(2 * gigabyte, 2), 128)
  assert.equal(threadMegabytes(2 * gigabyte, 4), 96)
  assert.equal(threadMegabytes(64 * gigabyte, 4), 192)
})

test('a machine of 2 GB has a spare thread for plans only when a single one draws', () => {
  assert.deepEqual(
    [hasSpareThread(2 ** 31, 1), hasSpareThread(2 ** 31, 2), hasSpareThread(2 ** 31, 4), hasSpareThread(2 ** 32, 2)],
    [true, false, false, true],
  )
})
