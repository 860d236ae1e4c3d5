import { isNumber } from '#s57/is-number.ts'
import { attributeTypeOf } from '../format/catalogue-lookup.ts'
import { VALUE } from '../format/compiled-cell.ts'
import { createIntList, push, unsigned } from './int-list.ts'
import type { TextTable } from './text-table.ts'
import type { ValueTable } from './value-table.ts'

/** Attributes of features, as indices of texts and values. */
export interface AttributeColumns {
  starts: Uint32Array
  keys: Uint32Array
  values: Uint32Array
}

/** Builds the attribute columns. A national attribute counts only where the feature has no other of that name. */
export function attributeColumns(
  rows: Iterable<{ attributes: ReadonlyMap<string, string>; nationalAttributes: ReadonlyMap<string, string> }>,
  texts: TextTable,
  values: ValueTable,
): AttributeColumns {
  const starts = createIntList()
  const keys = createIntList()
  const indices = createIntList()
  function append(acronym: string, text: string): void {
    push(keys, texts.indexOf(acronym))
    push(indices, values.indexOf(kindOf(acronym, text), text))
  }

  push(starts, 0)
  for (const { attributes, nationalAttributes } of rows) {
    for (const [acronym, text] of attributes) append(acronym, text)
    for (const [acronym, text] of nationalAttributes) if (!attributes.has(acronym)) append(acronym, text)
    push(starts, keys.length)
  }
  return {
    starts: unsigned(starts),
    keys: unsigned(keys),
    values: unsigned(indices),
  }
}

/** Returns the kind (`VALUE`) that the text of an attribute is stored as. */
function kindOf(acronym: string, text: string): number {
  if (text === '') return VALUE.empty
  switch (attributeTypeOf(acronym)) {
    case 'enumeration':
    case 'integer':
    case 'float':
      return isNumber(text) ? VALUE.number : VALUE.text
    case 'list':
      return text.split(',').every((member) => member.trim() === '' || isNumber(member)) ? VALUE.list : VALUE.text
    default:
      return VALUE.text
  }
}
