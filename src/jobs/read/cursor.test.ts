import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readCursor, writeCursor } from './cursor.ts'

test('a written cursor is read back unchanged', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 8.64e15 }), fc.uuid(), (createdAt, id) => {
      const text = writeCursor({ createdAt, id })
      assert.match(text, /^[A-Za-z0-9_-]+$/)
      assert.deepEqual(readCursor(text), { createdAt, id })
    }),
  )
})

test('an empty cursor is the start of the list', () => assert.equal(readCursor(''), undefined))

test('any other text is refused as a cursor', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (text) => {
      assert.throws(() => readCursor(text), { code: 'CURSOR_INVALID', status: 400 })
    }),
  )
  for (const text of ['1.x', '-1.0197-', `${'9'.repeat(17)}.00000000-0000-0000-0000-000000000000`]) {
    assert.throws(() => readCursor(Buffer.from(text).toString('base64url')), { code: 'CURSOR_INVALID' })
  }
})
