import assert from 'node:assert/strict'
import { test } from 'node:test'
import { holds } from './holds.ts'
import { parseCondition } from './parse-condition.ts'

const settings = { safetyDepth: 10, shallowDepth: 2, deepDepth: 30 }
const answer = (text: string, properties: Record<string, unknown>) => holds(parseCondition(text), properties, settings)

/** Condition, properties for which it holds, properties for which it does not. */
const CASES: readonly [string, Record<string, unknown>[], Record<string, unknown>[]][] = [
  ['*', [{}, { CATCAM: 1 }], []],
  ['CATCAM=3', [{ CATCAM: 3 }, { CATCAM: '3' }], [{}, { CATCAM: 13 }, { CATCAM: '3,1' }]],
  ['BCNSHP=1|2|7', [{ BCNSHP: 1 }, { BCNSHP: 7 }], [{ BCNSHP: 3 }, { BCNSHP: 12 }]],
  ['COLOUR=3,4,3', [{ COLOUR: '3,4,3' }], [{ COLOUR: '3,4' }, { COLOUR: '3,4,3,4' }, { COLOUR: '4,3,4' }]],
  ['COLOUR=3|1,3', [{ COLOUR: '3' }, { COLOUR: '1,3' }], [{ COLOUR: '1' }, { COLOUR: '3,1' }]],
  ['COLOUR[0]=3', [{ COLOUR: '3' }, { COLOUR: '3,1' }], [{ COLOUR: '1,3' }, { COLOUR: '31' }, {}]],
  ['FUNCTN~20|21', [{ FUNCTN: '20' }, { FUNCTN: '3,21' }], [{ FUNCTN: '2,1' }, { FUNCTN: '120' }, { FUNCTN: '210' }, {}]],
  ['CATLIT~1', [{ CATLIT: 1 }, { CATLIT: '4,1' }], [{ CATLIT: 11 }, { CATLIT: '12,13' }]],
  ['ORIENT', [{ ORIENT: 0 }, { ORIENT: '12' }], [{}, { ORIENT: '' }, { ORIENT: null }]],
  ['!DRVAL1 & !DRVAL2', [{}, { DRVAL1: '' }], [{ DRVAL1: 0 }, { DRVAL2: 5 }]],
  ['lowAccuracy', [{ lowAccuracy: true }], [{}, { lowAccuracy: false }]],
  ['CATOBS!=6', [{}, { CATOBS: 5 }], [{ CATOBS: 6 }]],
  ['VALSOU<=S', [{ VALSOU: 10 }, { VALSOU: -1 }, { VALSOU: 9.9 }], [{ VALSOU: 10.1 }, {}, { VALSOU: 'deep' }]],
  ['VALDCO=S', [{ VALDCO: 10 }], [{ VALDCO: 10.01 }, {}]],
  ['D1>=S & D2>S', [{ DRVAL1: 10 }, { DRVAL1: 10, DRVAL2: 20 }], [{ DRVAL1: 9.9, DRVAL2: 20 }, {}, { DRVAL1: 10, DRVAL2: 10 }]],
  ['D1>=0 & D2>0', [{ DRVAL1: 0 }, { DRVAL1: 0, DRVAL2: 2 }], [{}, { DRVAL2: 5 }, { DRVAL1: -1, DRVAL2: 0 }]],
  [
    'A=1 & (B=1 | C=1)',
    [
      { A: 1, B: 1 },
      { A: 1, C: 1 },
    ],
    [{ A: 1 }, { B: 1, C: 1 }],
  ],
  ['A=1 & B=1 | C=1', [{ C: 1 }, { A: 1, B: 1 }], [{ A: 1 }, { B: 1 }]],
  ['!(A=1 | B=1)', [{}, { A: 2 }], [{ A: 1 }, { B: 1 }]],
]

for (const [text, yes, no] of CASES) {
  test(`"${text}" holds for the properties it names and for no others`, () => {
    for (const properties of yes) assert.equal(answer(text, properties), true, JSON.stringify(properties))
    for (const properties of no) assert.equal(answer(text, properties), false, JSON.stringify(properties))
  })
}

const WRONG: readonly [string, RegExp][] = [
  ['', /^Error: Condition "": expected an attribute, "!" or "\(", but the condition ends$/],
  ['CATCAM=', /expected a number, an attribute or a setting, but the condition ends/],
  ['CATCAM~x', /expected a value, but "x" stands at position 8/],
  ['(A=1', /expected "\)", but the condition ends/],
  ['A=1 B=2', /expected the end of the condition, but "B" stands at position 5/],
  ['A=1 &', /expected an attribute, "!" or "\(", but the condition ends/],
  ['A < 1,2', /expected one number, not a list/],
  ['A=1 # B', /position 4 holds a character without a meaning/],
  ['COLOUR[0]<3', /expected "=" after the first member of a list/],
  ['danger=deep', /expected one of isolated, exposed, isolatedShallow, exposedShallow/],
]

for (const [text, message] of WRONG) {
  test(`"${text}" is refused with what was expected and where`, () => {
    assert.throws(() => parseCondition(text), message)
  })
}
