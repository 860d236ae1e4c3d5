import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readerMegabytes } from './reader-megabytes.ts'

test('threads that read cells may take 2,048 MB each where half of the memory is enough for that, and 512 MB elsewhere', () => {
  const gigabyte = 2 ** 30
  assert.equal(readerMegabytes(8 * gigabyte, 2), 2_048)
  assert.equal(readerMegabytes(8 * gigabyte - 1, 2), 512)
  assert.equal(readerMegabytes(2 * gigabyte, 1), 512)
  assert.equal(readerMegabytes(64 * gigabyte, 16), 2_048)
})
