import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { test } from 'node:test'
import fc from 'fast-check'
import { createBlockCipher, padded, unpadded } from './blowfish.ts'

const hex = (text: string) => Buffer.from(text, 'hex')

// Bruce Schneier's vectors: key, plain text, cipher text.
const vectors = [
  ['0000000000000000', '0000000000000000', '4EF997456198DD78'],
  ['FFFFFFFFFFFFFFFF', 'FFFFFFFFFFFFFFFF', '51866FD5B85ECB8A'],
  ['3000000000000000', '1000000000000001', '7D856F9A613063F2'],
  ['1111111111111111', '1111111111111111', '2466DD878B963C9D'],
  ['0123456789ABCDEF', '1111111111111111', '61F9C3802281B096'],
  ['FEDCBA9876543210', '0123456789ABCDEF', '0ACEAB0FC6A0A28D'],
] as const

for (const [key, plain, encrypted] of vectors) {
  test(`Schneier's vector with the key ${key} is encrypted and decrypted`, () => {
    const cipher = createBlockCipher(hex(key))
    assert.deepEqual(cipher.encrypt(hex(plain)), hex(encrypted))
    assert.deepEqual(cipher.decrypt(hex(encrypted)), hex(plain))
  })
}

test('decryption restores any whole blocks, including trailing zeros', () => {
  const blocks = fc.array(fc.oneof(fc.uint8Array({ minLength: 8, maxLength: 8 }), fc.constant(new Uint8Array(8))), {
    maxLength: 6,
  })
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 5, maxLength: 6 }), blocks, (key, parts) => {
      const plain = Buffer.concat(parts)
      const cipher = createBlockCipher(key)
      assert.deepEqual(cipher.decrypt(cipher.encrypt(plain)), plain)
    }),
  )
})

test('incomplete blocks are refused', () => {
  assert.throws(() => createBlockCipher(Buffer.alloc(5)).decrypt(Buffer.alloc(7)), RangeError)
  assert.throws(() => createBlockCipher(Buffer.alloc(5)).encrypt(Buffer.alloc(9)), RangeError)
})

test('unpadded reverses padded', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 30 }), (bytes) => assert.deepEqual(unpadded(padded(bytes)), Buffer.from(bytes))),
  )
})

test('a wrong byte anywhere in the padding is detected', () => {
  assert.equal(unpadded(hex('3132333435030303'))?.toString(), '12345')
  for (const wrong of ['3132333435030203', '3132333435020303', '3132333435363700', '3132333435363709', '', '0303'])
    assert.equal(unpadded(hex(wrong)), null, wrong)
})
