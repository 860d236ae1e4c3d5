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
  /** Indices of the values of each attribute: most repeat, and finding their kind again would take as long as everything else here. */
  const known = new Map<string, Map<string, number>>()
  function append(text: string, acronym: string): void {
    push(keys, texts.indexOf(acronym))
    const ofAttribute = known.get(acronym) ?? new Map<string, number>()
    const index = ofAttribute.get(text) ?? values.indexOf(kindOf(acronym, text), text)
    push(indices, index)
    ofAttribute.set(text, index)
    known.set(acronym, ofAttribute)
  }

  push(starts, 0)
  for (const { attributes, nationalAttributes } of rows) {
    // A loop over the entries would allocate an array for each.
    attributes.forEach(append)
    nationalAttributes.forEach((text, acronym) => {
      if (!attributes.has(acronym)) append(text, acronym)
    })
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
