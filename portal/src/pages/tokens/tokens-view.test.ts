import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTokensView } from './tokens-view.ts'

test('a handle that no token has stays in the view, so that the page can say that there is none', () => {
  assert.deepEqual(readTokensView({ use: 'old-link' }), { use: 'old-link' })
  assert.deepEqual([readTokensView({ use: '<b>' }), readTokensView({ use: '' }), readTokensView({})], [{}, {}, {}])
})
