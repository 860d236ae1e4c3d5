import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createKeySequence, isLetterKey, type KeyPress } from './key-sequence.ts'

const press = (key: string, changes: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...changes,
})

test('keys, capitals and sequences are named as bindings write them', () => {
  let now = 0
  const take = createKeySequence(['g'], () => now)
  assert.equal(take(press('x')), 'x')
  assert.equal(take(press('R', { shiftKey: true })), 'Shift+R')
  assert.equal(take(press('?', { shiftKey: true })), '?')
  assert.equal(take(press('g')), null)
  assert.equal(take(press('j')), 'g j')
  take(press('g'))
  now = 2_000
  assert.equal(take(press('j')), 'j', 'a sequence is given up after a while')
})

test('keys of the browser are left alone', () => {
  const take = createKeySequence(['g'], () => 0)
  assert.equal(take(press('r', { ctrlKey: true })), null)
  assert.equal(take(press('r', { metaKey: true })), null)
})

test('letters can be distinguished from named keys', () => {
  assert.deepEqual(['x', 'Shift+R', 'g j', '/', 'Enter', 'Escape', 'ArrowDown'].map(isLetterKey), [
    true,
    true,
    true,
    true,
    false,
    false,
    false,
  ])
})
