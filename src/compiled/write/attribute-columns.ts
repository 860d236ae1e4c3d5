import { isNumber } from '#s57/is-number.ts'
import { attributeTypeOf } from '../format/catalogue-lookup.ts'
import { VALUE } from '../format/compiled-cell.ts'
import { createIntList, push, unsigned } from './int-list.ts'
import type { TextTable } from './text-table.ts'

/** Attributes of features by dictionary: most values of a chart are the same few. */
export interface AttributeColumns {
  starts: Uint32Array
  keys: Uint32Array
  values: Uint32Array
  kinds: Uint8Array
  numbers: Float64Array
  texts: Uint32Array
}

/** Builds the attribute columns. A national attribute counts only where the feature has no other of that name. */
export function attributeColumns(
  rows: Iterable<{ attributes: ReadonlyMap<string, string>; nationalAttributes: ReadonlyMap<string, string> }>,
  texts: TextTable,
): AttributeColumns {
  const starts = createIntList()
  const keys = createIntList()
  const values = createIntList()
  const kinds: number[] = []
  const numbers: number[] = []
  const valueTexts = createIntList()
  /** Indices of the values by kind and text. */
  const known = [VALUE.text, VALUE.number, VALUE.list, VALUE.empty].map(() => new Map<string, number>())

  function valueIndex(acronym: string, text: string): number {
    const kind = kindOf(acronym, text)
    const indices = known[kind]!
    let index = indices.get(text)
    if (index === undefined) {
      index = kinds.length
      indices.set(text, index)
      kinds.push(kind)
      numbers.push(kind === VALUE.number ? Number(text) : Number.NaN)
      push(valueTexts, texts.indexOf(text))
    }
    return index
  }

  function append(acronym: string, text: string): void {
    push(keys, texts.indexOf(acronym))
    push(values, valueIndex(acronym, text))
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
    values: unsigned(values),
    kinds: Uint8Array.from(kinds),
    numbers: Float64Array.from(numbers),
    texts: unsigned(valueTexts),
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
