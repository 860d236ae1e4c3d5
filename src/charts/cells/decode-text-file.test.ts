import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { describe, test } from 'node:test'
import { decodeTextFile } from './decode-text-file.ts'

const text = '\ubd80\uc0b0 note\r\n'
const little = Buffer.from(text, 'utf16le')
const big = Buffer.from(little).swap16()
const read = (bytes: Buffer) => decodeTextFile(bytes).toString('utf8')

describe('a text file is served as UTF-8', () => {
  test('from UTF-16 with a byte order mark, which is removed', () => {
    assert.equal(read(Buffer.concat([Buffer.from([0xff, 0xfe]), little])), text)
    assert.equal(read(Buffer.concat([Buffer.from([0xfe, 0xff]), big])), text)
  })

  test('from UTF-16 without a byte order mark', () => {
    assert.equal(read(little), text)
    assert.equal(read(big), text)
    assert.equal(read(Buffer.from('Wreck', 'utf16le')), 'Wreck')
  })

  test('from UTF-16 with an odd byte at its end, which is dropped', () => {
    assert.equal(read(Buffer.concat([little, Buffer.from([0x1a])])), text)
    assert.equal(read(Buffer.concat([big, Buffer.from([0x0a])])), text)
  })

  test('from UTF-8 padded with zero bytes before the end-of-file character of DOS, unchanged', () => {
    assert.equal(read(Buffer.from('abc\0\0\x1a')), 'abc\0\0\x1a')
  })

  test('from Windows-1252, with its quotes and dashes', () => {
    assert.equal(read(Buffer.from([0x93, 0xd6, 0x72, 0x65, 0x94, 0x20, 0x96, 0x20, 0x80])), '\u201cÖre\u201d – €')
  })

  test('from UTF-8, unchanged', () => {
    const bytes = Buffer.from(text, 'utf8')
    assert.equal(decodeTextFile(bytes), bytes)
    assert.equal(read(Buffer.alloc(0)), '')
  })

  test('from UTF-8 padded with zero bytes, unchanged', () => {
    assert.equal(read(Buffer.from('abc\0')), 'abc\0')
    assert.equal(read(Buffer.from('ab\0\0')), 'ab\0\0')
  })

  test('from ISO 8859-1', () => {
    assert.equal(read(Buffer.from('Öre', 'latin1')), 'Öre')
  })
})
