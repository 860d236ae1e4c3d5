import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Primitive } from '#portrayal/table/row.ts'
import { drawn, inShort, S10 } from './drawn.ts'
import type { Properties } from './witnesses.ts'

const SAFE = { depth: 5, depthAround: 20 }

/** Class, primitive, properties, and what is drawn with S 10. */
const CASES: readonly [string, Primitive, Properties, string][] = [
  // UDWHAZ05: the depth of the danger below, at and above S; that of the water around above, at and below S
  ['OBSTRN', 'P', { depth: 9.9, depthAround: 10 }, '14010 ISODGR01'],
  ['OBSTRN', 'P', { depth: 10, depthAround: 10 }, '14010 ISODGR01'],
  ['OBSTRN', 'P', { depth: 10.1, depthAround: 20 }, '34050 OBSTRN01'],
  ['OBSTRN', 'P', { depth: 5, depthAround: 9.9 }, '34050 OBSTRN01'],
  ['OBSTRN', 'P', { depth: 5 }, '34050 OBSTRN01'],
  ['OBSTRN', 'P', { ...SAFE, WATLEV: 1 }, '14050 OBSTRN11'],
  ['OBSTRN', 'P', { ...SAFE, WATLEV: 2, VALSOU: 5 }, '14050 OBSTRN11'],
  ['OBSTRN', 'P', { ...SAFE, WATLEV: 3 }, '14010 ISODGR01'],
  // OBSTRN07: points
  ['OBSTRN', 'P', { CATOBS: 7 }, '34050 FOULGND1'],
  ['OBSTRN', 'P', { CATOBS: 6 }, '34050 OBSTRN01'],
  ['OBSTRN', 'P', { VALSOU: 9.9 }, '34051 DANGER01'],
  ['OBSTRN', 'P', { VALSOU: 10 }, '34051 DANGER01'],
  ['OBSTRN', 'P', { VALSOU: 10.1 }, '34051 DANGER02'],
  ['OBSTRN', 'P', { VALSOU: 5, WATLEV: 4 }, '34051 DANGER03'],
  ['OBSTRN', 'P', { VALSOU: 10.1, WATLEV: 4 }, '34051 DANGER02'],
  ['OBSTRN', 'P', { VALSOU: 5, WATLEV: 5, CATOBS: 6 }, '34051 DANGER01'],
  ['OBSTRN', 'P', { WATLEV: 5 }, '34050 OBSTRN03'],
  ['UWTROC', 'P', { VALSOU: 10, WATLEV: 4 }, '34051 UWTROC04'],
  ['UWTROC', 'P', { VALSOU: 10.1, WATLEV: 4 }, '34051 DANGER02'],
  ['UWTROC', 'P', { WATLEV: 3 }, '34050 UWTROC03'],
  ['UWTROC', 'P', SAFE, '14010 ISODGR01'],
  // lines
  ['OBSTRN', 'L', { ...SAFE, lowAccuracy: true }, '14010 LOWACC41 ISODGR01'],
  ['OBSTRN', 'L', { lowAccuracy: true }, '34050 LOWACC31'],
  ['OBSTRN', 'L', SAFE, '14010 dot2-CHBLK ISODGR01'],
  ['OBSTRN', 'L', { VALSOU: 10.1 }, '34051 dash2-CHBLK'],
  ['OBSTRN', 'L', { VALSOU: 10 }, '34050 dot2-CHBLK'],
  // areas
  ['OBSTRN', 'A', SAFE, '14010 DEPVS FOULAR01 dot2-CHBLK ISODGR01'],
  ['OBSTRN', 'A', { ...SAFE, WATLEV: 2 }, '14050 CHBRN solid2-CSTLN'],
  ['OBSTRN', 'A', { VALSOU: 10 }, '34051 dot2-CHBLK'],
  ['OBSTRN', 'A', { VALSOU: 10.1 }, '34051 dash2-CHGRD'],
  ['OBSTRN', 'A', { CATOBS: 6 }, '34050 FOULAR01 dot2-CHBLK'],
  // WRECKS05
  ['WRECKS', 'P', { CATWRK: 3 }, '34050 FOULGND1'],
  ['WRECKS', 'P', SAFE, '14010 ISODGR01'],
  ['WRECKS', 'P', { VALSOU: 10 }, '34051 DANGER01'],
  ['WRECKS', 'P', { VALSOU: 10.1 }, '34051 DANGER02'],
  ['WRECKS', 'P', { CATWRK: 1, WATLEV: 3 }, '34050 WRECKS04'],
  ['WRECKS', 'P', { CATWRK: 2, WATLEV: 3 }, '34050 WRECKS05'],
  ['WRECKS', 'P', { ...SAFE, WATLEV: 2 }, '14050 WRECKS01'],
  ['WRECKS', 'A', { WATLEV: 4 }, '34050 DEPIT dash2-CSTLN'],
  ['WRECKS', 'A', { WATLEV: 4, lowAccuracy: true }, '34050 DEPIT LOWACC41'],
  ['WRECKS', 'A', { ...SAFE, lowAccuracy: true }, '14010 LOWACC41 ISODGR01'],
  ['WRECKS', 'A', { VALSOU: 10.1 }, '34051 dash2-CHBLK'],
]

for (const [objectClass, primitive, properties, expected] of CASES) {
  test(`${objectClass} ${primitive} ${JSON.stringify(properties)} with S 10 is ${expected}`, () => {
    assert.deepEqual(inShort(drawn(objectClass, primitive, properties)), [expected])
  })
}

const IN_SHALLOW_WATER: readonly [string, Primitive, Properties, string][] = [
  ['OBSTRN', 'P', { depth: 5, depthAround: 9.9 }, '24020 ISODGR01'],
  ['OBSTRN', 'P', { depth: 5, depthAround: 0 }, '24020 ISODGR01'],
  ['OBSTRN', 'P', { depth: 5, depthAround: -0.1 }, '34050 OBSTRN01'],
  ['OBSTRN', 'P', { depth: 5, depthAround: 10 }, '14010 ISODGR01'],
  ['OBSTRN', 'P', { depth: 5, depthAround: 5, WATLEV: 2 }, '24050 OBSTRN11'],
  ['OBSTRN', 'A', { depth: 5, depthAround: 5 }, '24020 DEPVS FOULAR01 dot2-CHBLK ISODGR01'],
  ['WRECKS', 'P', { depth: 5, depthAround: 5 }, '24020 ISODGR01'],
]

for (const [objectClass, primitive, properties, expected] of IN_SHALLOW_WATER) {
  test(`UDWHAZ05: ${objectClass} ${primitive} ${JSON.stringify(properties)} is ${expected} when shallow water counts`, () => {
    assert.deepEqual(inShort(drawn(objectClass, primitive, properties, { ...S10, isolatedShallow: true })), [expected])
  })
}

test('UDWHAZ05: isolated dangers are always shown, above all but lights', () => {
  const [row] = drawn('OBSTRN', 'P', SAFE)
  assert.equal(row?.category, 'base')
  assert.equal(row?.priority, 8)
})

test('dangers lie above soundings, and lights above all', () => {
  const priority = (objectClass: string, properties: Properties = {}) => drawn(objectClass, 'P', properties)[0]?.priority ?? 0
  for (const danger of ['OBSTRN', 'UWTROC', 'WRECKS']) assert.ok(priority(danger) > priority('SOUNDG', { DEPTH: 5 }))
  assert.equal(priority('LIGHTS'), 9)
})

test('QUAPNT02: points and areas of low accuracy are marked only on request', () => {
  for (const [objectClass, primitive] of [
    ['LNDARE', 'P'],
    ['SLCONS', 'P'],
    ['OBSTRN', 'P'],
    ['UWTROC', 'P'],
    ['WRECKS', 'P'],
    ['OBSTRN', 'A'],
    ['WRECKS', 'A'],
  ] as const) {
    const symbols = (showLowAccuracy: boolean) =>
      drawn(objectClass, primitive, { lowAccuracy: true }, { ...S10, showLowAccuracy }).flatMap((row) =>
        row.symbols.map(({ name }) => name),
      )
    assert.ok(symbols(true).includes('LOWACC01'), `${objectClass} ${primitive}`)
    assert.ok(!symbols(false).includes('LOWACC01'), `${objectClass} ${primitive}`)
  }
})
