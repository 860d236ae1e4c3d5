import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { createBlockCipher, padded } from './blowfish.ts'
import { decryptFile, isPlainCell } from './decrypt-file.ts'
import { encryptFile, zipOfOne } from './writer/encrypt-file.ts'

const key = Buffer.from('494A804F6A', 'hex')
const other = Buffer.from('363EAB32C6', 'hex')
const name = 'XX5DEMO1.000'
const bytes = Buffer.from('010823LE1 0900058 ! 34040'.repeat(40))

/** Returns the failure of decryption; throws when it succeeds. */
function failureOf(encrypted: Uint8Array, keys: readonly Uint8Array[] = [key], mostBytes?: number) {
  const result = decryptFile({ name, bytes: encrypted }, keys, mostBytes === undefined ? {} : { mostBytes })
  assert.ok(!result.ok, 'it was decrypted')
  return result.failure
}
const encryptZip = (zip: Buffer) => createBlockCipher(key).encrypt(padded(zip))

test('an encrypted file is decrypted with the first correct key', () => {
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.nat(20_000).map((length) => new Uint8Array(length)),
  )
  fc.assert(
    fc.property(content, (plain) => {
      const result = decryptFile({ name, bytes: encryptFile({ name, bytes: plain }, key) }, [other, key, key])
      assert.ok(result.ok)
      assert.equal(result.keyIndex, 1)
      assert.deepEqual(result.bytes, Buffer.from(plain))
    }),
  )
})

test('an uncompressed member is unpacked', () => {
  const zip = zipOfOne({ name, bytes })
  const plain = Buffer.concat([zip.subarray(0, 30 + name.length), bytes, zip.subarray(zip.length - 22 - 46 - name.length)])
  const central = 30 + name.length + bytes.length
  for (const at of [8, central + 10]) plain.writeUInt16LE(0, at)
  for (const at of [18, central + 20]) plain.writeUInt32LE(bytes.length, at)
  plain.writeUInt32LE(central, plain.length - 6)
  const result = decryptFile({ name, bytes: encryptZip(plain) }, [key])
  assert.ok(result.ok && result.bytes.equals(bytes))
})

describe('failures of decryption', () => {
  const encrypted = encryptFile({ name, bytes }, key)

  test('decryption fails without a permit', () => {
    const failure = failureOf(encrypted, [])
    assert.deepEqual([failure.reason, failure.sse], ['no-permit', 'SSE 11'])
    assert.match(failure.message, /^XX5DEMO1\.000 is encrypted and there is no permit for its cell/)
  })

  test('decryption fails with wrong keys', () => {
    const failure = failureOf(encrypted, [other, Buffer.alloc(5)])
    assert.deepEqual([failure.reason, failure.sse], ['wrong-key', 'SSE 21'])
    assert.match(failure.message, /cannot be decrypted with the 2 keys of its permits/)
  })

  test('decryption fails for a file truncated at any byte', () => {
    for (let length = 0; length < encrypted.length; length++)
      assert.equal(failureOf(encrypted.subarray(0, length)).reason, 'damaged')
  })

  test('a changed byte yields a failure or the plain file, never other content', () => {
    let opened = 0
    for (let at = 0; at < encrypted.length; at++) {
      const changed = Buffer.from(encrypted)
      changed[at] = changed[at]! ^ 0x40
      const result = decryptFile({ name, bytes: changed }, [key])
      if (result.ok) {
        opened++
        assert.deepEqual(result.bytes, bytes, `byte ${at}`)
      }
    }
    // Only header bytes that do not describe the content may change undetected.
    assert.ok(opened < encrypted.length / 2, `${opened} of ${encrypted.length}`)
  })

  const zip = zipOfOne({ name, bytes })
  const central = zip.length - 22 - 46 - name.length
  const cases: [what: string, change: (zip: Buffer) => void, message: RegExp][] = [
    ['two members', (z) => z.writeUInt16LE(2, z.length - 12), /it has 2 members instead of one/],
    ['no members', (z) => z.writeUInt16LE(0, z.length - 12), /it has 0 members instead of one/],
    [
      'a directory elsewhere',
      (z) => z.writeUInt32LE(0xffff_ffff, z.length - 6),
      /its central directory is not at the stated offset/,
    ],
    ['a member elsewhere', (z) => z.writeUInt32LE(5, central + 42), /its member is not at the stated offset/],
    ['a member too long', (z) => z.writeUInt32LE(99_999, central + 20), /its member overlaps its central directory/],
    ['another encryption', (z) => z.writeUInt16LE(1, central + 8), /encrypted again/],
    ['an unknown method', (z) => z.writeUInt16LE(12, central + 10), /compressed with method 12; 0 and 8 are accepted/],
    ['a size too small', (z) => z.writeUInt32LE(10, central + 24), /cannot be decompressed/],
    ['a size too large', (z) => z.writeUInt32LE(1200, central + 24), /has 1000 bytes instead of 1200/],
    ['a wrong checksum', (z) => z.writeUInt32LE(7, central + 16), /the checksum of its member is wrong/],
    ['no end record', (z) => z.fill(0, z.length - 22), /it has no end record/],
  ]
  for (const [what, change, message] of cases) {
    test(`decryption fails for a zip with ${what}`, () => {
      const changed = Buffer.from(zip)
      change(changed)
      const failure = failureOf(encryptZip(changed))
      assert.equal(failure.reason, 'damaged')
      assert.match(failure.message, message)
    })
  }

  test('decryption fails for a zip bomb without unpacking it', () => {
    const bomb = encryptFile({ name, bytes: Buffer.alloc(5_000_000) }, key)
    assert.ok(bomb.length < 10_000)
    assert.match(failureOf(bomb, [key], 1_000_000).message, /would have 5000000 bytes; at most 1000000 are accepted/)
  })
})

test('isPlainCell distinguishes plain cells from encrypted ones', () => {
  assert.ok(isPlainCell(bytes))
  assert.ok(!isPlainCell(encryptFile({ name, bytes }, key)))
  assert.ok(!isPlainCell(new Uint8Array(3)))
})
