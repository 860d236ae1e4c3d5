import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { IdentityError, makeUserPermit, parseUserPermit } from './user-permit.ts'

test('makeUserPermit and parseUserPermit reproduce the worked example of S-63', () => {
  const identity = { manufacturerId: '01', manufacturerKey: '98765', hardwareId: '12348' }
  assert.equal(makeUserPermit(identity), '73871727080876A07E450C043031')
  assert.deepEqual(parseUserPermit('73871727080876A07E450C043031', '98765'), { manufacturerId: '01', hardwareId: '12348' })
  assert.equal(crc32('73871727080876A0'), 0x7e45_0c04)
})

test("makeUserPermit reproduces the permit of the IHO's test data from hexadecimal values", () => {
  const identity = { manufacturerId: '3130', manufacturerKey: '3130313231', hardwareId: '3132333435' }
  assert.equal(makeUserPermit(identity), '66B5CBFDF7E4139D5B6086C23130')
  assert.deepEqual(parseUserPermit(' 66b5cbfdf7e4139d5b6086c23130\n'), { manufacturerId: '10', hardwareId: null })
})

test('parseUserPermit returns the identity given to makeUserPermit', () => {
  const text = (length: number) =>
    fc.string({ minLength: length, maxLength: length, unit: fc.constantFrom(...'0123456789ABCDEF') })
  fc.assert(
    fc.property(text(2), text(5), text(5), (manufacturerId, manufacturerKey, hardwareId) => {
      const permit = makeUserPermit({ manufacturerId, manufacturerKey, hardwareId })
      assert.deepEqual(parseUserPermit(permit, manufacturerKey), { manufacturerId, hardwareId })
    }),
  )
})

test('a user permit with any character mistyped is refused', () => {
  const permit = '73871727080876A07E450C043031'
  for (let i = 0; i < 24; i++) {
    const wrong = permit.slice(0, i) + (permit[i] === '5' ? '6' : '5') + permit.slice(i + 1)
    assert.throws(() => parseUserPermit(wrong), /the checksum of the user permit is wrong/)
  }
  assert.throws(() => parseUserPermit(permit.slice(1)), /has 27 characters; expected 28 hexadecimal digits/)
  assert.throws(() => parseUserPermit(permit, '98766'), /encrypted with another manufacturer key/)
})

test('the error for an invalid HW_ID names it without showing it', () => {
  const identity = { manufacturerId: '01', manufacturerKey: '98765', hardwareId: 'secret' }
  assert.throws(
    () => makeUserPermit(identity),
    (error) =>
      error instanceof IdentityError &&
      /^HW_ID is invalid: it has 6 characters/.test(error.message) &&
      !error.message.includes('secret'),
  )
  assert.throws(() => makeUserPermit({ ...identity, manufacturerId: '1' }), IdentityError)
})
