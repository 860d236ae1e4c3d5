import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SLOTS } from './slots.test-data.ts'
import { readStyleFile, writeStyleFile } from './style-file.ts'

const fieldsOf = (text: string): string[] => {
  const read = readStyleFile(text, SLOTS)
  return Array.isArray(read) ? read.map(({ field, message }) => `${field}: ${message.split(':')[0]}`) : []
}

test('a written style is read again, and unknown members are kept', () => {
  const style = {
    name: 'Bridge',
    parameters: { colors: { LANDA: '#112233', NEWER: 4 }, settings: { depthLimit: 5 }, extra: [1] },
  }
  assert.deepEqual(readStyleFile(writeStyleFile(style), SLOTS), style)
})

test('parameters alone are a style without a name', () => {
  assert.deepEqual(readStyleFile('\uFEFF{"colors":{"LANDA":"#112233"}}', SLOTS), {
    name: null,
    parameters: { colors: { LANDA: '#112233' } },
  })
})

test('each wrong field is named', () => {
  assert.deepEqual(fieldsOf('{"name":'), [': is not JSON'])
  assert.deepEqual(fieldsOf('[]'), [': must be a JSON object'])
  assert.deepEqual(fieldsOf('{"version":8,"layers":[]}'), [': must have "parameters", or "colors" and "settings"'])
  assert.deepEqual(fieldsOf('{"name":"","parameters":{"colors":{"LANDA":"red","DEPVS":"#12"},"settings":[]}}'), [
    '/name: must be a text of 1 to 200 characters',
    '/parameters/settings: must be a JSON object',
    '/parameters/colors/LANDA: must be a colour such as #61b7ff',
    '/parameters/colors/DEPVS: must be a colour such as #61b7ff',
  ])
  assert.deepEqual(fieldsOf('{"parameters":7}'), ['/parameters: must be a JSON object'])
  assert.deepEqual(fieldsOf(JSON.stringify({ settings: { note: 'x'.repeat(70_000) } })), [': must have at most 65536 bytes'])
})
