import assert from 'node:assert/strict'
import { test } from 'node:test'
import { symbolInstructions } from './symbol-instructions.ts'

const nothing = { symbols: [], texts: [], line: null, complexLine: null, fill: null, pattern: null }
const parse = (text: string, attributes: Record<string, string> = {}) =>
  symbolInstructions(text, new Map(Object.entries(attributes)))

test('a virtual aid has a ring, a buoy and a text', () => {
  assert.deepEqual(parse("SY(BRTHNO01);SY(BOYLAT14);TX('V-AIS',3,2,2,'15110',2,0,CHMGD,11)"), {
    ...nothing,
    symbols: [
      { name: 'BRTHNO01', rotation: 0 },
      { name: 'BOYLAT14', rotation: 0 },
    ],
    texts: ['V-AIS'],
  })
})

test('a rotation is a number or an attribute', () => {
  const rotation = (text: string) => parse(text, { ORIENT: '45.5' }).symbols[0]?.rotation
  assert.deepEqual(['SY(A1,90)', 'SY(A1,ORIENT)', 'SY(A1,CATLIT)', 'SY(A1)'].map(rotation), [90, 45.5, 0, 0])
})

test('texts may hold separators, name an attribute, or follow a format', () => {
  assert.deepEqual(parse("TX('a;b,(c)',1);TX(OBJNAM,1);TX(NOBJNM)", { OBJNAM: 'Reef' }).texts, ['a;b,(c)', 'Reef'])
  assert.deepEqual(parse("TE('clr %4.1lf %s','VERCLR,OBJNAM',3)", { VERCLR: '12.34', OBJNAM: 'x' }).texts, ['clr 12.3 x'])
  assert.deepEqual(parse("TE('clr %4.1lf','VERCLR',3)").texts, [])
})

test('lines, fills and patterns are parsed', () => {
  assert.deepEqual(parse('LS(DASH,2,CHMGF);LC(NAVARE51);AC(DEPVS,3);AP(DIAMOND1)'), {
    ...nothing,
    line: { dash: 'dash', width: 2, colour: 'CHMGF' },
    complexLine: 'NAVARE51',
    fill: { colour: 'DEPVS', opacity: 0.25 },
    pattern: 'DIAMOND1',
  })
  assert.deepEqual(parse('LS(SOLD,1,CHBLK)').line, { dash: 'solid', width: 1, colour: 'CHBLK' })
  assert.deepEqual(parse('LS(DOTT,1,CHBLK)').line, { dash: 'dot', width: 1, colour: 'CHBLK' })
  assert.deepEqual(parse('AC(DEPVS)').fill, { colour: 'DEPVS', opacity: 1 })
})

for (const text of [
  '',
  ';;',
  'SY',
  'SY()',
  'SY(',
  'XX(A1)',
  'LS(WAVE,2,CHBLK)',
  'LS(DASH,0,CHBLK)',
  'SY(<b>)',
  "TX('",
  'CS(LIGHTS06)',
]) {
  test(`${JSON.stringify(text)} holds no instruction that is understood`, () => assert.deepEqual(parse(text), nothing))
}
