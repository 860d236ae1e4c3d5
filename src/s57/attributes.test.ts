import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { areWellFormed, createAttributeDecoder, editAttributes } from './attributes.ts'

// National attributes (NATF) of lexical level 2. NOBJNM is attribute 301, NINFOM 300.

const code = (number: number) => Buffer.from([number & 0xff, number >> 8])
const little = (text: string) => Buffer.from(text, 'utf16le')
const big = (text: string) => Buffer.from(text, 'utf16le').swap16()

function decoded(...parts: Buffer[]): [number, string][] {
  const bytes = Buffer.concat([Buffer.from('before'), ...parts])
  const list = { bytes, start: 6, end: bytes.length, wide: true }
  assert.ok(areWellFormed(list))
  const found: [number, string][] = []
  createAttributeDecoder().decode(list, (number, value) => found.push([number, value]))
  return found
}

const expected = [
  [301, 'Věž 부산'],
  [300, ''],
  [302, 'Maják'],
]

describe('attributes of two bytes a character', () => {
  for (const [order, text] of [
    ['last', little],
    ['first', big],
  ] as const) {
    const values = [301, 300, 302].flatMap((number, i) => [code(number), text(`${expected[i]?.[1]}\x1f`)])
    test(`are read with the high byte ${order}, by any terminator of the field`, () => {
      for (const end of [text('\x1e'), Buffer.from([0x1e]), Buffer.alloc(0)]) assert.deepEqual(decoded(...values, end), expected)
    })
    test(`lose a byte order mark, with the high byte ${order}`, () => {
      assert.deepEqual(decoded(code(301), text('\ufeffa\x1f'), text('\x1e')), [[301, 'a']])
    })
  }

  test('are changed and deleted by an update in another byte order', () => {
    const listOf = (...parts: Buffer[]) => {
      const bytes = Buffer.concat(parts)
      return { bytes, start: 0, end: bytes.length, wide: true }
    }
    for (const [one, other] of [
      [little, big],
      [big, little],
    ] as const) {
      const cell = listOf(code(301), one('a\x1f'), code(300), one('b\x1f'), code(302), one('Ž\x1f'), one('\x1e'))
      const update = listOf(code(301), other('\ufeff\x7f\x1f'), code(300), other('\ufeff부\x1f'), other('\x1e'))
      assert.deepEqual(
        [...editAttributes(cell, update, createAttributeDecoder())],
        [
          [300, '부'],
          [302, 'Ž'],
        ],
      )
    }
  })

  test('without a terminator of the last value have the high byte last', () => {
    assert.deepEqual(decoded(code(301), little('a\x1e')), [[301, 'a']])
  })
})
