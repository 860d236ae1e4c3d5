import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import { IdentityError, makeUserPermit } from './user-permit.ts'

test('makeUserPermit reproduces the worked example of S-63', () => {
  const identity = { manufacturerId: '01', manufacturerKey: '98765', hardwareId: '12348' }
  assert.equal(makeUserPermit(identity), '73871727080876A07E450C043031')
  assert.equal(crc32('73871727080876A0'), 0x7e45_0c04)
})

test("makeUserPermit reproduces the permit of the IHO's test data from hexadecimal values", () => {
  const identity = { manufacturerId: '3130', manufacturerKey: '3130313231', hardwareId: '3132333435' }
  assert.equal(makeUserPermit(identity), '66B5CBFDF7E4139D5B6086C23130')
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
