import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPasswords } from './passwords.ts'

test('passwords are hashed with argon2id, and only the right one verifies', async () => {
  const passwords = createPasswords()
  const stored = await passwords.hash('correct horse')
  assert.match(stored, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.equal(await passwords.verify(stored, 'correct horse'), true)
  assert.equal(await passwords.verify(stored, 'correct hors'), false)
})

test('without a user nothing matches, not even the password of the decoy', async () => {
  const passwords = createPasswords()
  assert.equal(await passwords.verify(null, 'no user has this password'), false)
})

test('an accented letter matches however the keyboard composed it', async () => {
  const passwords = createPasswords()
  const stored = await passwords.hash('caf\u00e9')
  assert.equal(await passwords.verify(stored, 'cafe\u0301'), true)
})
