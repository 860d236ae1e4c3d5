import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PortrayalSettings } from '#portrayal/table/row.ts'
import { drawn, inShort, S10 } from './drawn.ts'
import type { Properties } from './witnesses.ts'

const fill = (properties: Properties, settings?: PortrayalSettings) => drawn('DEPARE', 'A', properties, settings)[0]?.fill?.token

const SHADES: readonly [DRVAL1: number | undefined, DRVAL2: number | undefined, four: string, two: string][] = [
  [30, 50, 'DEPDW', 'DEPDW'],
  [30, 30, 'DEPMD', 'DEPDW'],
  [29.9, 50, 'DEPMD', 'DEPDW'],
  [10, 20, 'DEPMD', 'DEPDW'],
  [10, undefined, 'DEPMD', 'DEPDW'],
  [10, 10, 'DEPMS', 'DEPVS'],
  [9.9, 20, 'DEPMS', 'DEPVS'],
  [2, 10, 'DEPMS', 'DEPVS'],
  [1.9, 10, 'DEPVS', 'DEPVS'],
  [0, 2, 'DEPVS', 'DEPVS'],
  [0, 0, 'DEPIT', 'DEPIT'],
  [-0.1, 5, 'DEPIT', 'DEPIT'],
  [undefined, 5, 'DEPIT', 'DEPIT'],
]

for (const [DRVAL1, DRVAL2, four, two] of SHADES) {
  test(`SEABED01: a depth area from ${DRVAL1 ?? 'unknown'} to ${DRVAL2 ?? 'unknown'} is ${four}, with two shades ${two}`, () => {
    const properties = { ...(DRVAL1 === undefined ? {} : { DRVAL1 }), ...(DRVAL2 === undefined ? {} : { DRVAL2 }) }
    assert.equal(fill(properties), four)
    assert.equal(fill(properties, { ...S10, twoShades: true }), two)
  })
}

test('SEABED01: a depth area is safe from the safety depth on, exactly', () => {
  for (const [safetyDepth, token] of [
    [18.1, 'DEPMD'],
    [18.2, 'DEPMD'],
    [18.3, 'DEPMS'],
  ] as const) {
    assert.equal(fill({ DRVAL1: 18.2, DRVAL2: 20 }, { safetyDepth, shallowDepth: 2, deepDepth: 30 }), token)
  }
})

test('SEABED01: a depth area without depths looks like no data', () => {
  assert.deepEqual(inShort(drawn('DEPARE', 'A', {})), ['13030 NODTA PRTSUR01 solid2-CHGRD'])
})

test('SEABED01: the pattern covers unsafe water when the user asks for it', () => {
  const patterns = (properties: Properties, shallowPattern: boolean) =>
    drawn('DEPARE', 'A', properties, { ...S10, shallowPattern }).flatMap((row) => row.pattern ?? [])
  assert.deepEqual(patterns({ DRVAL1: 9.9, DRVAL2: 20 }, true), ['DIAMOND1'])
  assert.deepEqual(patterns({ DRVAL1: 9.9, DRVAL2: 20 }, false), [])
  assert.deepEqual(patterns({ DRVAL1: 10, DRVAL2: 20 }, true), [])
})

test('DEPARE03: a dredged area has its shade, its pattern and the symbol of its restriction', () => {
  assert.deepEqual(inShort(drawn('DRGARE', 'A', { DRVAL1: 12, RESTRN: '1' })), [
    '13030 DEPMD',
    '13030 DRGARE01 dash1-CHGRF',
    '13030 ACHRES51',
  ])
})

const CONTOURS: readonly [Properties, string][] = [
  [{ shallowSide: 9.9, deepSide: 10, VALDCO: 5 }, '13010 solid2-DEPSC'],
  [{ shallowSide: 9.9, deepSide: 9.9, VALDCO: 5 }, '33020 solid1-DEPCN'],
  [{ shallowSide: 10, deepSide: 20, VALDCO: 20 }, '33020 solid1-DEPCN'],
  [{ shallowSide: 10, deepSide: 20, VALDCO: 10 }, '13010 solid2-DEPSC'],
  [{ shallowSide: -1000, deepSide: 10, VALDCO: 0 }, '13010 solid2-DEPSC'],
  [{ deepSide: 20, VALDCO: 0 }, '33020 solid1-DEPCN'],
  [{ VALDCO: 10, lowAccuracy: true }, '13010 dash2-DEPSC'],
  [{ VALDCO: 10.1, lowAccuracy: true }, '33020 dash1-DEPCN'],
  [{ VALDCO: 9.9 }, '33020 solid1-DEPCN'],
]

for (const [properties, expected] of CONTOURS) {
  test(`DEPARE03, DEPCNT03: with S 10 the contour ${JSON.stringify(properties)} is ${expected}`, () => {
    assert.deepEqual(inShort(drawn('DEPCNT', 'L', properties)), [expected])
  })
}

test('DEPARE03: a boundary without a contour is drawn where water turns safe, and nowhere else', () => {
  const boundary = (shallowSide: number, deepSide: number, lowAccuracy = false) =>
    inShort(drawn('(depth_boundaries)', 'L', { shallowSide, deepSide, ...(lowAccuracy ? { lowAccuracy } : {}) }))
  assert.deepEqual(boundary(5, 10), ['13010 solid2-DEPSC'])
  assert.deepEqual(boundary(5, 10, true), ['13010 dash2-DEPSC'])
  assert.deepEqual(boundary(5, 9.9), [])
  assert.deepEqual(boundary(10, 20), [])
})

test('SAFCON01: contours are labelled, those of low accuracy are not', () => {
  const groups = (properties: Properties) => drawn('DEPCNT', 'L', properties)[0]?.texts.map(({ group }) => group)
  assert.deepEqual(groups({ VALDCO: 10 }), [33021])
  assert.deepEqual(groups({ VALDCO: 5 }), [33022])
  assert.deepEqual(groups({ VALDCO: 5, lowAccuracy: true }), [])
})

test('SNDFRM04: soundings are dark up to the safety depth and light below it', () => {
  const token = (DEPTH: number) => drawn('SOUNDG', 'P', { DEPTH })[0]?.texts[0]?.token
  assert.deepEqual([-1, 9.9, 10, 10.1].map(token), ['SNDG2', 'SNDG2', 'SNDG2', 'SNDG1'])
})
