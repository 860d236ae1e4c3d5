import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Primitive, SymbolSet } from '#portrayal/table/row.ts'
import { drawn, inShort, S10 } from './drawn.ts'
import type { Properties } from './witnesses.ts'

const LIGHTS: readonly [Properties, string][] = [
  [{ CATLIT: '8' }, '27070 LIGHTS82'],
  [{ CATLIT: '9' }, '27070 LIGHTS81'],
  [{ COLOUR: '3' }, '27070 LIGHTS11'],
  [{ COLOUR: '1,3' }, '27070 LIGHTS11'],
  [{ COLOUR: '3,1' }, '27070 LIGHTS11'],
  [{ COLOUR: '4' }, '27070 LIGHTS12'],
  [{ COLOUR: '1,4' }, '27070 LIGHTS12'],
  [{ COLOUR: '1' }, '27070 LIGHTS13'],
  [{ COLOUR: '6' }, '27070 LIGHTS13'],
  [{ COLOUR: '11' }, '27070 LIGHTS13'],
  [{ COLOUR: '5,6' }, '27070 LIGHTS13'],
  [{ COLOUR: '5' }, '27070 LIGHTS14'],
  [{ COLOUR: '13' }, '27070 LITDEF11'],
  [{ COLOUR: '3,4' }, '27070 LITDEF11'],
  [{}, '27070 LITDEF11'],
  [{ sector: true, COLOUR: '3', VALNMR: 20 }, '27070'],
  [{ COLOUR: '1', VALNMR: 14.9 }, '27070 LIGHTS13'],
  [{ COLOUR: '1', VALNMR: 15 }, '27070'],
  [{ COLOUR: '1', VALNMR: 20, ORIENT: 90 }, '27070 LIGHTS13'],
  [{ COLOUR: '1', VALNMR: 20, CATLIT: '4' }, '27070 LIGHTS13'],
  [{ COLOUR: '1', VALNMR: 20, CATLIT: '4,12' }, '27070 LIGHTS13'],
  [{ COLOUR: '1', VALNMR: 20, LITCHR: 12 }, '27070 LIGHTS13'],
  [{ COLOUR: '4', CATLIT: '1', ORIENT: 90 }, '27070 LIGHTS12'],
  [{ COLOUR: '4', CATLIT: '16' }, '27070 QUESMRK1'],
]

for (const [properties, expected] of LIGHTS) {
  test(`LIGHTS06: the light ${JSON.stringify(properties)} is ${expected}`, () => {
    assert.deepEqual(inShort(drawn('LIGHTS', 'P', properties)), [expected])
  })
}

test('LIGHTS06: a directional light points to where it shines from, others by their flare', () => {
  const rotation = (properties: Properties) => drawn('LIGHTS', 'P', properties)[0]?.symbols[0]?.rotation
  assert.deepEqual(rotation({ COLOUR: '3', CATLIT: '1', ORIENT: 90 }), { attribute: 'ORIENT', plus: -180 })
  assert.deepEqual(rotation({ COLOUR: '3', flare: 135 }), { attribute: 'flare', plus: 0 })
})

test('LIGHTS06: the text is higher beside a flare at 45 degrees', () => {
  const anchor = (properties: Properties) => drawn('LIGHTS', 'P', properties)[0]?.texts[0]?.anchor
  assert.equal(anchor({ COLOUR: '1', flare: 45 }), 'bottom-left')
  assert.equal(anchor({ COLOUR: '1', flare: 135 }), 'left')
})

test('LITDSN02: a group of sector lights has the ranges of all sectors, other lights their own', () => {
  const attributes = (properties: Properties) =>
    drawn('LIGHTS', 'P', properties)[0]?.texts[0]?.parts.flatMap((part) => (part.kind === 'value' ? part.attribute : []))
  assert.deepEqual(attributes({ sector: true, rangeText: '18/12M' }), ['character', 'HEIGHT', 'rangeText', 'statusText'])
  assert.deepEqual(attributes({ COLOUR: '1' }), ['character', 'HEIGHT', 'VALNMR', 'statusText'])
})

const TOPMARKS: readonly [TOPSHP: number, floating: string, fixed: string][] = [
  [1, 'TOPMAR02', 'TOPMAR22'],
  [2, 'TOPMAR04', 'TOPMAR24'],
  [3, 'TOPMAR10', 'TOPMAR30'],
  [7, 'TOPMAR65', 'TOPMAR85'],
  [12, 'TOPMAR14', 'TOPMAR14'],
  [15, 'TMARDEF2', 'TOPMAR88'],
  [16, 'TMARDEF2', 'TOPMAR87'],
  [17, 'TMARDEF2', 'TMARDEF1'],
  [25, 'TOPMAR04', 'TOPMAR24'],
  [28, 'TOPMAR18', 'TOPMAR89'],
  [32, 'TOPMAR10', 'TOPMAR30'],
  [99, 'TMARDEF2', 'TMARDEF1'],
]

for (const [TOPSHP, floating, fixed] of TOPMARKS) {
  test(`TOPMAR01: the topmark ${TOPSHP} is ${floating} on a buoy and ${fixed} on a beacon`, () => {
    assert.deepEqual(inShort(drawn('TOPMAR', 'P', { TOPSHP, floating: true }, S10, 'paper')), [`27050 ${floating}`])
    assert.deepEqual(inShort(drawn('TOPMAR', 'P', { TOPSHP }, S10, 'paper')), [`27050 ${fixed}`])
  })
}

test('TOPMAR01: a topmark without a shape is a question mark, and simplified symbols have none', () => {
  assert.deepEqual(inShort(drawn('TOPMAR', 'P', {}, S10, 'paper')), ['27050 QUESMRK1'])
  assert.deepEqual(drawn('TOPMAR', 'P', { TOPSHP: 1 })[0]?.symbols, [])
})

const OTHERS: readonly [string, Primitive, Properties, string[], SymbolSet?][] = [
  // SLCONS04
  ['SLCONS', 'L', {}, ['12410 solid2-CSTLN']],
  ['SLCONS', 'L', { CONDTN: 2, CATSLC: 6 }, ['12410 dash1-CSTLN']],
  ['SLCONS', 'L', { CATSLC: 6, WATLEV: 4 }, ['12410 solid4-CSTLN']],
  ['SLCONS', 'L', { WATLEV: 4 }, ['12410 dash2-CSTLN']],
  ['SLCONS', 'L', { CONDTN: 1, lowAccuracy: true }, ['12410 LOWACC21']],
  ['SLCONS', 'A', { CATSLC: 15 }, ['12410 solid4-CSTLN']],
  ['SLCONS', 'P', {}, ['12410 MORFAC03']],
  // QUAPOS01
  ['COALNE', 'L', {}, ['12410 solid1-CSTLN']],
  ['COALNE', 'L', { lowAccuracy: true, CONRAD: 1 }, ['12410 LOWACC21']],
  ['COALNE', 'L', { CONRAD: 1 }, ['12410 solid1-CSTLN', '12410 solid3-CHMGF']],
  ['COALNE', 'L', { CATCOA: 7, CONRAD: 1 }, ['12410 dash1-CSTLN']],
  ['LNDARE', 'L', { lowAccuracy: true }, ['12010 LOWACC21']],
  ['LNDARE', 'P', {}, ['12010 LNDARE01']],
  // RESARE04: one restriction, then the further cautions and information
  ['RESARE', 'A', { RESTRN: '7' }, ['26010 ENTRES51 ENTRES51']],
  ['RESARE', 'A', { RESTRN: '7,1' }, ['26010 ENTRES51 ENTRES61']],
  ['RESARE', 'A', { RESTRN: '7', CATREA: '14' }, ['26010 ENTRES51 ENTRES61']],
  ['RESARE', 'A', { RESTRN: '7', CATREA: '4' }, ['26010 ENTRES51 ENTRES71']],
  ['RESARE', 'A', { RESTRN: '1,13' }, ['26010 ACHRES51 ACHRES61']],
  ['RESARE', 'A', { RESTRN: '3' }, ['26010 FSHRES51 FSHRES51']],
  ['RESARE', 'A', { RESTRN: '27', CATREA: '4' }, ['26010 CTYARE51 CTYARE71']],
  ['RESARE', 'A', { RESTRN: '9' }, ['26010 CTYARE51 INFARE51']],
  ['RESARE', 'A', { CATREA: '23' }, ['26010 CTYARE51 INFARE51']],
  ['RESARE', 'A', { CATREA: '14,4' }, ['26010 CTYARE51 CTYARE71']],
  ['RESARE', 'A', {}, ['26010 CTYARE51 RSRDEF51']],
  ['RESARE', 'A', { CATREA: '28' }, ['26010 ESSARE01 PSSARE01']],
  // RESTRN01
  ['ACHARE', 'A', { RESTRN: '3' }, ['26220 ACHARE51 ACHARE51', '26220 FSHRES51']],
  ['ACHARE', 'A', {}, ['26220 ACHARE51 ACHARE51']],
  // SYMINS02
  ['NEWOBJ', 'P', { sy1: 'BRTHNO01' }, ['21020 {sy1} {sy2} {sy3}']],
  ['NEWOBJ', 'P', { tx1: 'V-AIS' }, ['21020 {sy1} {sy2} {sy3}']],
  ['NEWOBJ', 'P', {}, ['21020 NEWOBJ01']],
  ['NEWOBJ', 'L', { lc: 'NAVARE51' }, ['21020 {lc} {sy1} {sy2} {sy3}']],
  ['NEWOBJ', 'L', { ls: 'dash' }, ['21020 LS-{ls}-{lsColour} {sy1} {sy2} {sy3}']],
  ['NEWOBJ', 'A', {}, ['21020 dash2-CHMGD NEWOBJ01']],
  // marks in both sets
  ['BOYLAT', 'P', { BOYSHP: 1, COLOUR: '3' }, ['27010 BOYLAT14']],
  ['BOYLAT', 'P', { BOYSHP: 1, COLOUR: '3' }, ['27010 BOYCON01'], 'paper'],
  ['BCNLAT', 'P', { BCNSHP: 2, CATLAM: 1, COLOUR: '4' }, ['27020 PRICKE03'], 'paper'],
]

for (const [objectClass, primitive, properties, expected, set = 'simplified'] of OTHERS) {
  test(`${objectClass} ${primitive} ${JSON.stringify(properties)} with ${set} symbols is ${expected.join(', and ')}`, () => {
    assert.deepEqual(inShort(drawn(objectClass, primitive, properties, S10, set)), expected)
  })
}
