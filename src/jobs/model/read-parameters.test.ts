import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PermanentError } from '#lib/errors.ts'
import { integerOf, noParameters, recordOf, stringsOf } from './read-parameters.ts'

const stored = { uploadId: 7, cells: ['A', 'B'], more: null }

function refuses(read: () => unknown, message: string): void {
  assert.throws(read, (error) => error instanceof PermanentError && error.message === message)
}

test('a parameter of the right type is returned, and others are ignored', () => {
  assert.equal(integerOf(stored, 'uploadId'), 7)
  assert.deepEqual(stringsOf(stored, 'cells'), ['A', 'B'])
  assert.deepEqual(recordOf(stored), stored)
  assert.deepEqual(noParameters(), {})
})

test('a parameter of another type is refused by name', () => {
  for (const value of ['7', 7.5, null, undefined, 2 ** 60])
    refuses(() => integerOf({ uploadId: value }, 'uploadId'), 'uploadId must be an integer')
  for (const value of ['A', [1], [null], {}, undefined])
    refuses(() => stringsOf({ cells: value }, 'cells'), 'cells must be a list of strings')
})

test('parameters that are not an object are refused', () => {
  for (const value of [null, undefined, 1, 'a', [1]]) refuses(() => recordOf(value), 'the parameters must be an object')
})
