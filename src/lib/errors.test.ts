import assert from 'node:assert/strict'
import { stat } from 'node:fs/promises'
import { test } from 'node:test'
import { AppError, codeOf, invalidField } from './errors.ts'

test('codeOf returns the code of a system error and of an AppError', async () => {
  const missing = await stat('/no/such/file').catch((error: unknown) => error)
  assert.equal(codeOf(missing), 'ENOENT')
  assert.equal(codeOf(new AppError('JOB_NOT_FOUND', 'There is no such job.')), 'JOB_NOT_FOUND')
})

test('codeOf returns undefined for values without a text code', () => {
  for (const thrown of [
    new Error('plain'),
    Object.assign(new Error('numbered'), { code: 5 }),
    { code: 'ENOENT' },
    'ENOENT',
    null,
  ]) {
    assert.equal(codeOf(thrown), undefined)
  }
})

test('the message for a whole body that is not valid calls it "it", because it has no name', () => {
  const error = invalidField('body', '', 'must have a username, a password or both')
  assert.equal(error.message, 'The request body is not valid: it must have a username, a password or both.')
})
