import { VALUE } from '../format/compiled-cell.ts'
import type { SectionName } from '../format/compiled-format.ts'
import type { DerivedProperties, DerivedValue } from './derived-value.ts'
import { createIntList, push, unsigned } from './int-list.ts'
import type { TextTable } from './text-table.ts'
import type { ValueTable } from './value-table.ts'

/** Builds the sections of the derived properties of features. */
export function derivedColumns(
  derived: readonly DerivedProperties[],
  texts: TextTable,
  values: ValueTable,
): [SectionName, ArrayBufferView][] {
  const starts = createIntList()
  const keys = createIntList()
  const indices = createIntList()
  push(starts, 0)
  for (const properties of derived) {
    // A loop over the entries would allocate an array for each.
    properties.forEach((value, name) => {
      push(keys, texts.indexOf(name))
      push(indices, values.indexOf(kindOf(value), String(value)))
    })
    push(starts, keys.length)
  }
  return [
    ['derivedStart', unsigned(starts)],
    ['derivedKey', unsigned(keys)],
    ['derivedValue', unsigned(indices)],
  ]
}

function kindOf(value: DerivedValue): number {
  if (value === true) return VALUE.yes
  return typeof value === 'number' ? VALUE.number : VALUE.text
}
