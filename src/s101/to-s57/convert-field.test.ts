import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { describe, test } from 'node:test'
import { type AttributeField, createAttributeField, createValueDecoder } from '../attribute-field.ts'
import { attributeTree } from '../attribute-tree.ts'
import { CodeTable } from '../code-table.ts'
import { ATTRIBUTE_RULES } from './attribute-rules.ts'
import { convertAttributes } from './convert-attributes.ts'
import { convertField } from './convert-field.ts'
import { S57Attributes } from './s57-attributes.ts'

const texts = createValueDecoder()

/** An entry of ATTR: the name, the place of its parent (PAIX), the value. */
type Entry = [name: string, parent: number, value?: string]

/** An ATTR field; `firstCode` is the number that the file gives to the first of its attributes. */
function fieldOf(entries: readonly Entry[], firstCode = 1): AttributeField {
  const names = [...new Set(entries.map(([name]) => name))]
  const table = new CodeTable('ATCS')
  const numbers = names.map((name, i) => Buffer.concat([Buffer.from(`${name}\x1f`), u16(firstCode + i)]))
  assert.equal(table.read(Buffer.concat(numbers), 0, Buffer.concat(numbers).length), true)
  const bytes = Buffer.concat(
    entries.map(([name, parent, value = ''], place) => {
      const index = entries.slice(0, place + 1).filter((other) => other[0] === name && other[1] === parent).length
      const head = [u16(firstCode + names.indexOf(name)), u16(index), u16(parent), Buffer.from([1])]
      return Buffer.concat([...head, Buffer.from(`${value}\x1f`)])
    }),
  )
  return createAttributeField(bytes, 0, bytes.length, table)!
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

/** The attributes of S-57, or `no` when the field cannot be converted by itself. */
function converted(field: AttributeField): Record<string, string> | 'no' {
  const result = new S57Attributes()
  if (!convertField(field, texts, result)) return 'no'
  return { ...Object.fromEntries(result.own), ...Object.fromEntries(result.national) }
}

describe('the attributes of a feature, read from its field', () => {
  test('have their S-57 acronyms, whatever numbers the file gives them', () => {
    const entries: Entry[] = [
      ['depthRangeMinimumValue', 0, '5'],
      ['depthRangeMaximumValue', 0, '10'],
    ]
    for (const firstCode of [1, 44, 300, 65_000]) {
      assert.deepEqual(converted(fieldOf(entries, firstCode)), { DRVAL1: '5', DRVAL2: '10' })
    }
  })

  test('become lists where S-101 repeats them: colours with their repeats, other members once', () => {
    const colours = (['3', '1', '3'] as const).map((value): Entry => ['colour', 0, value])
    const restrictions = (['7', '8', '7'] as const).map((value): Entry => ['restriction', 0, value])
    assert.deepEqual(converted(fieldOf([...colours, ...restrictions])), { COLOUR: '3,1,3', RESTRN: '7,8' })
  })

  test('are read from fields of more entries than nearly all have', () => {
    const stripes = Array.from({ length: 300 }, (_, i) => String(1 + (i % 9)))
    const entries = [...stripes.map((value): Entry => ['colour', 0, value]), ['height', 0, '12'] satisfies Entry]
    assert.deepEqual(converted(fieldOf(entries)), { COLOUR: stripes.join(','), HEIGHT: '12' })
  })

  test('are numbers, or the feature has a malformed one', () => {
    for (const [value, isMalformed] of [
      ...[['12', false] as const, ['12.5', false] as const, ['5.', false] as const, ['.5', false] as const],
      ...[['-1.5', false] as const, ['1e3', false] as const, ['', false] as const, ['0'.repeat(30), false] as const],
      ...[['.', true] as const, ['1.2.3', true] as const, ['12m', true] as const, ['1e999', true] as const],
    ]) {
      const result = new S57Attributes()
      assert.equal(convertField(fieldOf([['height', 0, value]]), texts, result), true)
      assert.equal(result.hasMalformed, isMalformed, value)
    }
  })

  test('are unknown when they are empty, as in S-57', () => {
    assert.deepEqual(converted(fieldOf([['depthRangeMinimumValue', 0]])), { DRVAL1: '' })
  })

  test('may end without the last terminator', () => {
    const { bytes, names } = fieldOf([['valueOfDepthContour', 0, '20']])
    assert.deepEqual(converted(createAttributeField(bytes, 0, bytes.length - 1, names)!), { VALDCO: '20' })
  })

  test('give a name in English and one in another language', () => {
    const entries: Entry[] = [
      ['featureName', 0],
      ['language', 1, 'ces'],
      ['name', 1, 'M\u011ble'],
      ['featureName', 0],
      ['language', 4, 'eng'],
      ['name', 4, 'Shallows'],
    ]
    assert.deepEqual(converted(fieldOf(entries)), { OBJNAM: 'Shallows', NOBJNM: 'M\u011ble' })
  })

  test('give the rhythm of a light, whose groups stand one after the other', () => {
    const entries: Entry[] = [
      ['rhythmOfLight', 0],
      ['lightCharacteristic', 1, '2'],
      ['signalGroup', 1, '(2)'],
      ['signalGroup', 1, '(1)'],
      ['signalPeriod', 1, '10'],
      ['height', 0, '12'],
    ]
    const light = { LITCHR: '2', SIGGRP: '(2)(1)', SIGPER: '10', HEIGHT: '12' }
    assert.deepEqual(converted(fieldOf(entries)), light)
  })

  test('are passed over with all that is in them when S-57 has none such', () => {
    const entries: Entry[] = [
      ['somethingNew', 0],
      ['colour', 1, '3'],
      ['somethingDeeper', 1],
      ['featureName', 3],
      ['height', 0, '4'],
    ]
    assert.deepEqual(converted(fieldOf(entries)), { HEIGHT: '4' })
  })

  for (const name of ['topmark', 'sectorCharacteristics', 'verticalUncertainty', 'multiplicityOfFeatures']) {
    test(`are not converted by themselves with ${name}, which needs more than the field`, () => {
      assert.equal(
        converted(
          fieldOf([
            ['colour', 0, '3'],
            [name, 0],
          ]),
        ),
        'no',
      )
    })
  }
})

describe('the entries of a field are in order', () => {
  for (const [what, isOrdered, entries] of [
    [
      'when each stands behind its parent',
      true,
      [
        ['a', 0],
        ['b', 1],
        ['c', 2],
        ['b', 1],
        ['d', 0],
      ],
    ],
    [
      'not when a part stands behind the next attribute',
      false,
      [
        ['a', 0],
        ['d', 0],
        ['b', 1],
      ],
    ],
    [
      'not when a part stands before its parent',
      false,
      [
        ['b', 2],
        ['a', 0],
      ],
    ],
    ['not when one is its own parent', false, [['a', 1]]],
  ] as [string, boolean, Entry[]][]) {
    test(what, () => assert.equal(fieldOf(entries).isOrdered, isOrdered))
  }
})

test('attributes read from the field are those of the tree, for 2,000 fields of random shape', () => {
  const names = ['featureName', 'language', 'name', 'colour', 'rhythmOfLight', 'signalGroup', 'height', 'information', 'text']
  const values = ['', '1', '3', 'eng', 'fra', '(2)', '12.5', 'high', '\u00c5']
  let state = 1
  const pick = <T>(list: readonly T[]): T => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return list[(state >>> 16) % list.length]!
  }
  for (let i = 0; i < 2_000; i++) {
    const entries: Entry[] = []
    const around = [0]
    for (let count = pick([0, 1, 3, 8, 20]); count > 0; count--) {
      while (around.length > 1 && pick([true, false])) around.pop()
      entries.push([pick(names), around.at(-1)!, pick(values)])
      if (around.length < 6) around.push(entries.length)
    }
    const field = fieldOf(entries)
    assert.equal(field.isOrdered, true)
    const byTree = new S57Attributes()
    const source = { field, moreFields: null, edited: null }
    convertAttributes(attributeTree(source, texts, assert.fail), ATTRIBUTE_RULES, 'LIGHTS', byTree)
    const direct = new S57Attributes()
    assert.equal(convertField(field, texts, direct), true)
    assert.deepEqual([...direct.own], [...byTree.own], JSON.stringify(entries))
    assert.deepEqual([...direct.national], [...byTree.national])
    assert.equal(direct.hasMalformed, byTree.hasMalformed)
  }
})
