import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { describe, test } from 'node:test'
import fc from 'fast-check'
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

  test('from UTF-16 without a byte order mark, when ideographic spaces and ones outnumber the line ends', () => {
    const japanese = '\u3000\u3000\u4e00\u3000\u6c34\u6df1\u4e00\u4e00\u3000\u4e00\r\n'
    const bytes = Buffer.from(japanese, 'utf16le')
    assert.equal(read(bytes), japanese)
    assert.equal(read(Buffer.from(bytes).swap16()), japanese)
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

/** Sentences of words of Western languages. */
const sentence = fc
  .array(fc.stringMatching(/^[A-Za-z0-9.,()ÄÖÜäöüßéèñçåøÅØ]{1,12}$/), { minLength: 3, maxLength: 80 })
  .map((words) => words.join(' '))

describe('a text of another encoding is never taken for UTF-16', () => {
  test('in UTF-8, whatever its characters are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (some) => {
        const plain = some.replaceAll('\0', '')
        assert.equal(read(Buffer.from(plain, 'utf8')), plain)
      }),
    )
  })

  test('in ISO 8859-1 or Windows-1252, whatever its bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ min: 1, maxLength: 400 }), (some) => {
        // A byte order mark counts in any text, but only the first two bytes can be one.
        const bytes = Buffer.concat([Buffer.from('\xa7 ', 'latin1'), some])
        assert.equal(read(bytes).length, bytes.length)
      }),
    )
  })

  test('with a stray zero byte between its words', () => {
    fc.assert(
      fc.property(sentence, fc.nat(), fc.constantFrom('utf8', 'latin1'), (words, at, encoding) => {
        const bytes = Buffer.from(words, encoding)
        const cut = at % bytes.length
        const struck = Buffer.concat([bytes.subarray(0, cut), Buffer.from([0]), bytes.subarray(cut)])
        // Neither half of a character of UTF-8 is one, so the text is then read by bytes: the other words still show that it was.
        assert.match(read(struck), /^[\0-\u2122]*$/u)
        assert.ok(read(struck).includes('\0'))
      }),
    )
  })
})
