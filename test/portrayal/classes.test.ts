import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { attributesOf } from '#portrayal/table/attributes-of.ts'
import { NEVER_DRAWN } from '#portrayal/table/never-drawn.ts'
import { portrayalOf, portrayedClasses } from '#portrayal/table/portrayal-of.ts'
import { OBJECT_CLASSES } from '#s57/data/object-classes.ts'
import { portrayalTables, readRows } from '../../scripts/portrayal-tables.ts'

const LETTERS = { point: 'P', line: 'L', area: 'A' } as const
/** The classes of S-57 itself; inland and military ones have acronyms in lower case. */
const classes = [...OBJECT_CLASSES.values()].filter(({ acronym }) => /^[A-Z$_]+$/.test(acronym))

test('every class of S-57 is drawn with each of its primitives, or is listed as never drawn with a reason', () => {
  const forgotten = classes.flatMap(({ acronym, primitives }) => {
    if (NEVER_DRAWN.has(acronym)) return []
    return primitives.flatMap((primitive) => {
      const letter = LETTERS[primitive]
      return portrayalOf(acronym, letter, 'simplified') !== null && portrayalOf(acronym, letter, 'paper') !== null
        ? []
        : `${acronym} ${letter}`
    })
  })
  assert.deepEqual(forgotten, [])
  assert.ok(classes.length >= 175)
})

test('the classes that are drawn and those that are never drawn are all classes of S-57', () => {
  const known = new Set(classes.map(({ acronym }) => acronym))
  assert.deepEqual(
    [...portrayedClasses(), ...NEVER_DRAWN.keys()].filter((name) => !known.has(name)),
    [],
  )
  assert.deepEqual(
    portrayedClasses().filter((name) => NEVER_DRAWN.has(name)),
    [],
  )
  for (const [name, reason] of NEVER_DRAWN) {
    assert.equal(portrayalOf(name, 'A', 'simplified'), null)
    assert.ok(reason.length > 10)
  }
})

test('a class that S-57 does not know gets a question mark', () => {
  for (const primitive of ['P', 'L', 'A'] as const) {
    const row = portrayalOf('ABCDEF', primitive, 'paper')?.rows[0]
    assert.ok(row?.symbols[0]?.name === 'QUESMRK1' || (row?.line?.kind === 'complex' && row.line.name === 'QUESMRK1'))
  }
})

test('the last row of every class holds always, so that no object stays undecided', () => {
  const open = portrayedClasses().flatMap((name) =>
    (['P', 'L', 'A'] as const).filter((primitive) => {
      const rows = portrayalOf(name, primitive, 'paper')?.rows
      return rows !== undefined && rows.at(-1)?.when.kind !== 'always'
    }),
  )
  assert.deepEqual(open, [])
})

test('the attributes of a class are those that its conditions ask for', () => {
  assert.deepEqual(attributesOf('DEPCNT', 'L'), ['VALDCO', 'deepSide', 'lowAccuracy', 'shallowSide'])
  assert.deepEqual(attributesOf('BCNLAT', 'P'), ['BCNSHP', 'CATLAM', 'COLOUR', 'CONVIS'])
  assert.deepEqual(attributesOf('UWTROC', 'P'), ['VALSOU', 'WATLEV', 'depth', 'depthAround', 'lowAccuracy'])
  assert.deepEqual(attributesOf('ACHARE', 'A'), ['CATACH', 'RESTRN'])
  assert.deepEqual(attributesOf('C_AGGR', 'P'), [])
})

test('the generated tables are those of assets/portrayal (npm run generate writes them)', () => {
  for (const { file, text } of portrayalTables()) assert.equal(readFileSync(file, 'utf8'), text, file)
})

test('a table row with a wrong number of columns is refused with its line', () => {
  assert.throws(() => readRows('a,b\n1,2\n1,"2,2",3\n', 'x.csv'), /x\.csv, line 3: 3 columns, expected 2/)
  assert.deepEqual(readRows('a,b\n"say ""x"", y",\n', 'x.csv'), [['say "x", y', '']])
})
