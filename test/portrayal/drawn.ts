import { holds } from '#portrayal/table/holds.ts'
import { portrayalOf } from '#portrayal/table/portrayal-of.ts'
import type { PortrayalRow, PortrayalSettings, Primitive, SymbolSet } from '#portrayal/table/row.ts'
import type { Properties } from './witnesses.ts'

/** The S-64 settings: S 10, SHALLOW 2, DEEP 30. */
export const S10: PortrayalSettings = { safetyDepth: 10, shallowDepth: 2, deepDepth: 30 }

/** What is drawn for an object: the first row that holds, of the look-up rows and of each further list. */
export function drawn(
  objectClass: string,
  primitive: Primitive,
  properties: Properties,
  settings: PortrayalSettings = S10,
  set: SymbolSet = 'simplified',
): PortrayalRow[] {
  const portrayal = portrayalOf(objectClass, primitive, set)
  if (portrayal === null) return []
  return [portrayal.rows, ...portrayal.also].flatMap((list) => list.find(({ when }) => holds(when, properties, settings)) ?? [])
}

/** The same in short: `vg fill pattern line symbols`, one text a row, empty columns left out. */
export function inShort(rows: readonly PortrayalRow[]): string[] {
  return rows.map((row) => {
    const line = row.line?.kind === 'simple' ? `${row.line.dash}${row.line.width}-${row.line.token}` : row.line?.name
    const symbols = row.symbols.map(({ name }) => name)
    return [row.viewingGroup, row.fill?.token, row.pattern, line, ...symbols]
      .filter((each) => each !== undefined && each !== null)
      .join(' ')
  })
}
