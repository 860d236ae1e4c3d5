import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freeBytes } from './free-bytes.ts'

test('freed bytes take no memory, without a garbage collection', () => {
  const before = process.memoryUsage().arrayBuffers
  const bytes = Buffer.allocUnsafeSlow(50_000_000)
  assert.ok(process.memoryUsage().arrayBuffers - before > 40_000_000)
  freeBytes(bytes)
  assert.ok(process.memoryUsage().arrayBuffers - before < 10_000_000)
  assert.equal(bytes.byteLength, 0)
})

test('a part of larger memory, and shared memory, stay as they are', () => {
  const whole = new Uint8Array(100).fill(7)
  freeBytes(whole.subarray(0, 99))
  assert.equal(whole[50], 7)
  const shared = new Uint8Array(new SharedArrayBuffer(8)).fill(7)
  freeBytes(shared)
  assert.equal(shared[0], 7)
})
