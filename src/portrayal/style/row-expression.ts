import type { PortrayalRow, PortrayalSettings } from '#portrayal/table/row.ts'
import { toFilter } from '#portrayal/table/to-filter.ts'
import type { Expression } from '#portrayal/text/expression.ts'
import { type Branch, firstOf } from './branches.ts'

type Pick<T> = (row: PortrayalRow) => T

/**
 * The value of the first row that holds, as an expression, or as a constant when all rows agree. `none` is the value when no row
 * holds. Rows that the settings rule out are left out.
 */
export function rowValue(
  rows: readonly PortrayalRow[],
  settings: PortrayalSettings,
  pick: Pick<unknown>,
  none: unknown,
): unknown {
  const branches: Branch[] = []
  let fallback = none
  for (const row of rows) {
    const test = testOf(row, settings)
    if (test === false) continue
    if (test === true) {
      fallback = pick(row)
      break
    }
    branches.push({ test, value: pick(row) })
  }
  return firstOf(branches, fallback)
}

/** Filter for objects whose first row that holds is a wanted one: null when all are, false when none is. */
export function rowFilter(
  rows: readonly PortrayalRow[],
  settings: PortrayalSettings,
  isWanted: Pick<boolean>,
): Expression | null | false {
  const value = rowValue(rows, settings, isWanted, false)
  return value === true ? null : value === false ? false : (value as Expression)
}

/** The rows that can be drawn with these settings. */
export function possibleRows(rows: readonly PortrayalRow[], settings: PortrayalSettings): PortrayalRow[] {
  const possible: PortrayalRow[] = []
  for (const row of rows) {
    const test = testOf(row, settings)
    if (test !== false) possible.push(row)
    if (test === true) break
  }
  return possible
}

const known = new WeakMap<PortrayalSettings, Map<PortrayalRow['when'], Expression | boolean>>()

/** When a row applies; true or false when the settings alone decide. Every layer of a class asks, so the answers are cached by settings. */
function testOf({ when }: PortrayalRow, settings: PortrayalSettings): Expression | boolean {
  const tests = known.get(settings) ?? new Map<PortrayalRow['when'], Expression | boolean>()
  known.set(settings, tests)
  const done = tests.get(when)
  if (done !== undefined) return done
  const filter = toFilter(when, settings)
  const test = filter.length === 1 ? filter[0] === 'all' : filter
  tests.set(when, test)
  return test
}
