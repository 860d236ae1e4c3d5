import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTexts } from './parse-texts.ts'

test('a value without quotes is a text of its own', () => {
  assert.deepEqual(parseTexts('{OBJNAM} left 1,-1 g26'), [
    {
      parts: [{ kind: 'value', attribute: 'OBJNAM', format: { kind: 'text' }, optional: false }],
      anchor: 'left',
      offset: [1, -1],
      group: 26,
      token: 'CHBLK',
    },
  ])
})

test('two semicolons separate two texts, and quotes contain literals and values', () => {
  const [closed, open] = parseTexts('"clr cl {VERCCL:.1}" bottom-left 1,0 g11 ;; "clr op {VERCOP:.1}" bottom-left 1,1 g11')
  assert.deepEqual(closed?.parts, [
    { kind: 'literal', text: 'clr cl ' },
    {
      kind: 'value',
      attribute: 'VERCCL',
      format: { kind: 'number', decimals: 1, quantity: 'height', unit: false },
      optional: false,
    },
  ])
  assert.deepEqual(open?.offset, [1, 1])
})

test('formats say decimals, digits, unit and whether the value is optional', () => {
  const format = (text: string) => {
    const part = parseTexts(`"x ${text}" center 0,0 g11`)[0]?.parts[1]
    return part?.kind === 'value' ? { format: part.format, optional: part.optional } : null
  }
  assert.deepEqual(format('{ORIENT:000}'), { format: { kind: 'padded', digits: 3 }, optional: false })
  assert.deepEqual(format('{HEIGHT?:0+unit}'), {
    format: { kind: 'number', decimals: 0, quantity: 'height', unit: true },
    optional: true,
  })
  assert.deepEqual(format('{CURVEL:.1}')?.format, { kind: 'number', decimals: 1, quantity: 'none', unit: false })
  assert.deepEqual(format('{DRVAL1:.1}')?.format, { kind: 'number', decimals: 1, quantity: 'depth', unit: false })
  assert.deepEqual(format('{VALSOU:sounding}')?.format, { kind: 'sounding' })
  assert.deepEqual(format('{VALDCO:contour}')?.format, { kind: 'contour' })
  assert.deepEqual(format('{NATSUR:seabed}')?.format, { kind: 'seabed' })
})

test('a text may name its viewing group and its colour', () => {
  const [label] = parseTexts('{VALDCO:contour} center 0,0 vg 33021 SNDG2')
  assert.equal(label?.group, 33021)
  assert.equal(label?.token, 'SNDG2')
})

test('a text that breaks the grammar is refused with its words', () => {
  assert.throws(() => parseTexts('{OBJNAM} middle 0,0 g26'), /Text "\{OBJNAM\} middle 0,0 g26": expected a template/)
  assert.throws(() => parseTexts('{OBJNAM} left g26'), /expected a template, an anchor/)
  assert.throws(() => parseTexts('"a {OBJ NAM}" left 0,0 g26'), /Text value "\{OBJ NAM\}": expected an attribute/)
  assert.throws(() => parseTexts('{VERCLR:x} left 0,0 g26'), /Text format "x" of VERCLR/)
})
