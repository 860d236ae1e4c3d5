import { attributeTypeOf } from '../format/catalogue-lookup.ts'
import { VALUE } from '../format/compiled-cell.ts'
import { createIntList, push, unsigned } from './int-list.ts'
import type { TextTable } from './text-table.ts'

/** Attributes of features by dictionary: most values of a chart are the same few. */
export interface AttributeColumns {
  /** Appends the attributes of the next feature; a national one only where there is none of that name. */
  add(attributes: ReadonlyMap<string, string>, national: ReadonlyMap<string, string>): void
  sections(): {
    starts: Uint32Array
    keys: Uint32Array
    values: Uint32Array
    kinds: Uint8Array
    numbers: Float64Array
    texts: Uint32Array
  }
}

export function createAttributeColumns(texts: TextTable): AttributeColumns {
  const starts = createIntList()
  const keys = createIntList()
  const values = createIntList()
  const kinds: number[] = []
  const numbers: number[] = []
  const valueTexts = createIntList()
  /** Indices of the values by kind and text. */
  const known = [VALUE.text, VALUE.number, VALUE.list, VALUE.empty].map(() => new Map<string, number>())
  push(starts, 0)

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

  return {
    add(attributes, national) {
      for (const [acronym, text] of attributes) append(acronym, text)
      for (const [acronym, text] of national) if (!attributes.has(acronym)) append(acronym, text)
      push(starts, keys.length)
    },
    sections: () => ({
      starts: unsigned(starts),
      keys: unsigned(keys),
      values: unsigned(values),
      kinds: Uint8Array.from(kinds),
      numbers: Float64Array.from(numbers),
      texts: unsigned(valueTexts),
    }),
  }
}

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

/** A decimal number; Number() alone would also take blanks, 0x10 and Infinity. */
export function isNumber(text: string): boolean {
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?\s*$/.test(text) && Number.isFinite(Number(text))
}

/** A number from the attributes of a feature, or null when it is missing or does not read as one. */
export function numberOf(attributes: ReadonlyMap<string, string>, acronym: string): number | null {
  const text = attributes.get(acronym)
  return text !== undefined && isNumber(text) ? Number(text) : null
}

/** A depth or height attribute in whole millimetres; null when it is missing or beyond anything on earth. */
export function millimetresOf(attributes: ReadonlyMap<string, string>, acronym: string): number | null {
  const metres = numberOf(attributes, acronym)
  return metres === null || Math.abs(metres) > 100_000 ? null : Math.round(metres * 1_000)
}
