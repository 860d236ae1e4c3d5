import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toJsonb } from './to-jsonb.ts'

const NUL = String.fromCharCode(0)
const HALF = String.fromCharCode(0xd800)

test('the character 0 and lone surrogates become U+FFFD, in values and in names', () => {
  assert.deepEqual(JSON.parse(toJsonb({ [`a${NUL}`]: `b${NUL}c`, half: `${HALF}x` })), { 'a\ufffd': 'b\ufffdc', half: '\ufffdx' })
})

test('all else stays: pairs of surrogates, backslashes before what looks like an escape', () => {
  const value = { ship: '\u{1f6a2}', text: 'C:\\u0000\\ud800', nested: [1, null, { deep: true }] }
  assert.deepEqual(JSON.parse(toJsonb(value)), value)
})

test('nothing is null', () => {
  assert.equal(toJsonb(undefined), 'null')
})

test('what JSON cannot hold is refused', () => {
  const cycle: Record<string, unknown> = {}
  cycle['self'] = cycle
  assert.throws(() => toJsonb(cycle), TypeError)
  assert.throws(() => toJsonb(1n), TypeError)
})
