import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDraftStore } from './draft-store.ts'
import type { StyleDraft } from './style-draft.ts'

function memory() {
  const held = new Map<string, string>()
  return {
    held,
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  }
}
const draft: StyleDraft = {
  name: 'Bridge',
  colors: { LANDA: '#112233' },
  settings: { theme: 'night' },
  others: { colors: {}, parameters: {} },
}

test('a draft is kept for its style and its user until it is dropped', () => {
  const storage = memory()
  const store = createDraftStore(storage, 1)
  assert.ok(store.write(7, { draft, basedOn: '"5"' }))
  assert.deepEqual(createDraftStore(storage, 1).read(7), { draft, basedOn: '"5"' })
  assert.equal(store.read(8), null)
  assert.equal(createDraftStore(storage, 2).read(7), null, 'of another user of the browser')
  store.drop(7)
  assert.equal(store.read(7), null)
})

test('a stored value that cannot be used is not a draft', () => {
  const storage = memory()
  const store = createDraftStore(storage, 1)
  for (const text of ['{', '4', '{}', '{"basedOn":"1","draft":{"name":"x"}}']) {
    storage.held.set('chartroom.style.1.7', text)
    assert.equal(store.read(7), null, text)
  }
  store.write(7, { draft: { ...draft, colors: { LANDA: 'red' } }, basedOn: '"1"' })
  assert.equal(store.read(7), null, 'a colour that is none')
})

test('a browser that stores nothing is reported, and breaks nothing', () => {
  const refuse = () => {
    throw new Error('blocked')
  }
  const store = createDraftStore({ getItem: refuse, setItem: refuse, removeItem: refuse }, 1)
  assert.equal(store.write(7, { draft, basedOn: '"5"' }), false)
  assert.equal(store.read(7), null)
  store.drop(7)
})
