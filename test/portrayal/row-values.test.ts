import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rowFilter, rowValue } from '#portrayal/style/row-expression.ts'
import { holds } from '#portrayal/table/holds.ts'
import { type PortrayalRow, portrayalOf, portrayedClasses } from '#portrayal/table/portrayal-of.ts'
import { evaluate } from '#test/evaluate-expression.ts'
import { type Properties, witnesses } from './witnesses.ts'

const SETTINGS = { safetyDepth: 10, shallowDepth: 2, deepDepth: 30, isolatedShallow: true }

/** Every list of rows whose first row that holds is drawn. */
const lists: { name: string; rows: readonly PortrayalRow[] }[] = portrayedClasses().flatMap((name) =>
  (['P', 'L', 'A'] as const).flatMap((primitive) =>
    (['simplified', 'paper'] as const).flatMap((set) => {
      const portrayal = portrayalOf(name, primitive, set)
      return portrayal === null
        ? []
        : [portrayal.rows, ...portrayal.also].map((rows) => ({ name: `${name} ${primitive} ${set}`, rows }))
    }),
  ),
)

/** Properties near which rows hold: those of each row, and those of each pair of neighbours. */
function samples(rows: readonly PortrayalRow[]): Properties[] {
  const own = rows.map(({ when }) => witnesses(when, SETTINGS).slice(0, 3))
  const pairs = own.flatMap((list, at) => list.slice(0, 1).map((each) => ({ ...each, ...own[(at + 1) % own.length]?.[0] })))
  return [{}, ...own.flat(), ...pairs]
}

/** Values that rows share in different ways, so that branches are joined, swapped and left out. */
const PICKS: Record<string, (row: PortrayalRow, index: number) => string> = {
  'of its own': (_, index) => `row ${index}`,
  'shared by neighbours': (_, index) => `pair ${index >> 1}`,
  'shared by every third': (_, index) => `third ${index % 3}`,
  'of its symbol': ({ symbols }) => symbols[0]?.name ?? '',
}

for (const [kind, pick] of Object.entries(PICKS)) {
  test(`the expression of a list of rows gives the value of the first row that holds: a value ${kind}`, () => {
    for (const { name, rows } of lists) {
      const at = new Map(rows.map((row, index) => [row, index]))
      const picked = (row: PortrayalRow) => pick(row, at.get(row) ?? -1)
      const value = rowValue(rows, SETTINGS, picked, 'none')
      for (const properties of samples(rows)) {
        const first = rows.find(({ when }) => holds(when, properties, SETTINGS))
        const expected = first === undefined ? 'none' : picked(first)
        const found = typeof value === 'string' ? value : evaluate(value, properties, 'string')
        assert.equal(found, expected, `${name} ${JSON.stringify(properties)} ${JSON.stringify(value)}`)
      }
    }
  })
}

test('the filter of a list of rows takes the objects whose first row that holds is wanted', () => {
  for (const { name, rows } of lists) {
    for (const wanted of [0, 1]) {
      const isWanted = (row: PortrayalRow) => rows.indexOf(row) % 2 === wanted
      const filter = rowFilter(rows, SETTINGS, isWanted)
      for (const properties of samples(rows)) {
        const first = rows.find(({ when }) => holds(when, properties, SETTINGS))
        const found = typeof filter === 'object' && filter !== null ? evaluate(filter, properties, 'boolean') : filter !== false
        assert.equal(found, first !== undefined && isWanted(first), `${name} ${JSON.stringify(properties)}`)
      }
    }
  }
})
