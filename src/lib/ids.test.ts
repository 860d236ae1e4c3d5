import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, UUID_PATTERN } from './ids.ts'

test('ids created in sequence sort in that order, even within one millisecond', () => {
  const ids = Array.from({ length: 20_000 }, newId)
  assert.deepEqual(ids.toSorted(), ids)
  assert.equal(new Set(ids).size, ids.length)
})

test('the UUID pattern matches an id in either case and nothing around it', () => {
  const id = newId()
  assert.match(id, UUID_PATTERN)
  assert.match(id.toUpperCase(), UUID_PATTERN)
  for (const other of [id.replaceAll('-', ''), `${id} `, `x${id}`, '']) assert.doesNotMatch(other, UUID_PATTERN)
})
