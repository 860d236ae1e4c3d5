import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rememberLast } from './remember-last.ts'

test('a value is made once while it is among those last used, and again after it was forgotten', () => {
  const known = new Map<string, { key: string }>()
  const made: string[] = []
  const take = (key: string) =>
    rememberLast(known, key, 2, () => {
      made.push(key)
      return { key }
    })
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) assert.deepEqual(take(key), { key })
  assert.deepEqual(made, ['a', 'b', 'c', 'b'])
  assert.deepEqual([...known.keys()], ['a', 'b'])
})
