import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseFieldDefinition } from './field-definition.ts'
import { readRow } from './read-row.ts'

const refuse = (message: string): never => {
  throw new Error(message)
}
const parse = (labels: string, formats: string) =>
  parseFieldDefinition('TEST', `3600;&   Name\x1f${labels}\x1f${formats}`, 9, refuse)

test('a concatenated structure has a fixed head before the repeated group', () => {
  const { labels, head, repeating } = parse('VCID\\\\*YCOO!XCOO!ZCOO', '(b11,3b24)')
  assert.deepEqual({ labels, head, repeating }, { labels: ['VCID', 'YCOO', 'XCOO', 'ZCOO'], head: 1, repeating: false })
})

test('inner brackets in the formats of a concatenated structure change nothing', () => {
  assert.deepEqual(parse('VCID\\\\*YCOO!XCOO!ZCOO', '(b11,(3b24))'), parse('VCID\\\\*YCOO!XCOO!ZCOO', '(b11,3b24)'))
})

test('a field whose subfields all repeat has no head, and one without repetition has nothing but a head', () => {
  assert.equal(parse('*YCOO!XCOO', '(2b24)').head, 0)
  assert.equal(parse('NATC!ATIX', '(2b12)').head, 2)
})

test('floating-point numbers of 4 and 8 bytes are read', () => {
  const bytes = Buffer.alloc(12)
  bytes.writeDoubleLE(-0.25, 0)
  bytes.writeFloatLE(1.5, 8)
  const { values } = readRow(bytes, 0, 12, parse('DCOX!DCOY', '(b48,b44)'))
  assert.deepEqual([...values.values()], [-0.25, 1.5])
})

test('a floating-point number of 2 bytes is refused', () => {
  assert.throws(() => parse('DCOX', '(b42)'), /format controls "\(b42\)" cannot be understood/)
})

test('text is read as UTF-8 where the reader asks for it', () => {
  const bytes = Buffer.from('\u00c5land\x1f', 'utf8')
  const { values } = readRow(bytes, 0, bytes.length, parse('DSTL', '(A)'), 'utf8')
  assert.equal(values.get('DSTL'), '\u00c5land')
})
