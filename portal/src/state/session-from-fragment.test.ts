import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sessionFromFragment } from './session-from-fragment.ts'

const SESSION = '0123456789abcdef0123456789abcdef'

test('a sign-in address carries its session in the fragment', () => {
  assert.equal(sessionFromFragment(`#session=${SESSION}`), SESSION)
  assert.equal(sessionFromFragment(`session=${SESSION}`), SESSION)
})

test('a fragment without a valid session is ignored', () => {
  for (const fragment of ['', '#', '#log', '#session=', '#session=<b>', `#session=${SESSION}0`, `#token=${SESSION}`]) {
    assert.equal(sessionFromFragment(fragment), null, fragment)
  }
})
