import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findByText, readListSearch } from './find-by-text.ts'

const names = ['Plotter of the ferry', 'Ferry, spare plotter', 'Tablet']
const find = (text: string) => findByText(names, text, (name) => name)

test('an item is found by all of its words, in any case and order', () => {
  assert.deepEqual(find('plotter FERRY'), names.slice(0, 2))
  assert.deepEqual(find('ferry tablet'), [])
})

test('a text without words finds everything', () => assert.deepEqual(find('  '), names))

test('an address is read for the names of its lists alone', () => {
  const search = { user: 'kim', token: '', q: 5, other: 'x' }
  assert.deepEqual(readListSearch(search, 'user', 'token', 'q'), { user: 'kim' })
})
