import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toJsonb } from './to-jsonb.ts'

const NUL = String.fromCharCode(0)
const HALF = String.fromCharCode(0xd800)

test('U+0000 and lone surrogates become U+FFFD in values and names', () => {
  assert.deepEqual(JSON.parse(toJsonb({ [`a${NUL}`]: `b${NUL}c`, half: `${HALF}x` })), { 'a\ufffd': 'b\ufffdc', half: '\ufffdx' })
})

test('surrogate pairs and escaped backslashes are unchanged', () => {
  const value = { ship: '\u{1f6a2}', text: 'C:\\u0000\\ud800', nested: [1, null, { deep: true }] }
  assert.deepEqual(JSON.parse(toJsonb(value)), value)
})

test('undefined becomes null', () => {
  assert.equal(toJsonb(undefined), 'null')
})

test('values that JSON cannot represent are refused', () => {
  const cycle: Record<string, unknown> = {}
  cycle['self'] = cycle
  assert.throws(() => toJsonb(cycle), TypeError)
  assert.throws(() => toJsonb(1n), TypeError)
})
