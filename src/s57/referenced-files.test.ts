import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileKey, referencedName } from './referenced-files.ts'

test('the name of a text or picture file is the last part of its path, and dots or blanks name none', () => {
  const values = [' XX0001.TXT ', 'PICS\\..\\XX0003.JPG', 'notes/xx0001.txt', 'NOTES/', '', ' ', '..', 'A/.']
  assert.deepEqual(values.map(referencedName), ['XX0001.TXT', 'XX0003.JPG', 'xx0001.txt', null, null, null, null, null])
})

test('case and the way an accent is written do not tell names of files apart', () => {
  assert.equal(fileKey('é.txt'), fileKey('E\u0301.TXT'))
  assert.notEqual(fileKey('E.TXT'), fileKey('É.TXT'))
})
