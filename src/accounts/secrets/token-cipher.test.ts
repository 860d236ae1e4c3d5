import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { newToken } from '#lib/ids.ts'
import { createTokenCipher } from './token-cipher.ts'

test('decrypts what it encrypted, and never encrypts alike twice', () => {
  const cipher = createTokenCipher(randomBytes(32))
  const token = newToken()
  const once = cipher.encrypt(token)
  assert.equal(cipher.decrypt(once), token)
  assert.notDeepEqual(cipher.encrypt(token), once)
  assert.ok(!once.includes(token))
})

test('answers null for another key, and for any changed or cut byte', () => {
  const cipher = createTokenCipher(randomBytes(32))
  const encrypted = cipher.encrypt(newToken())
  assert.equal(createTokenCipher(randomBytes(32)).decrypt(encrypted), null)
  for (let index = 0; index < encrypted.length; index++) {
    const changed = Buffer.from(encrypted)
    changed[index] = (changed[index] ?? 0) ^ 1
    assert.equal(cipher.decrypt(changed), null, `byte ${index}`)
    assert.equal(cipher.decrypt(encrypted.subarray(0, index)), null, `length ${index}`)
  }
})

test('refuses a key of the wrong size', () => {
  assert.throws(() => createTokenCipher(randomBytes(16)), /32 bytes, not 16/)
})
