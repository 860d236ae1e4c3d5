import { VALUE } from '../format/compiled-cell.ts'
import { createIntList, push, unsigned } from './int-list.ts'
import type { TextTable } from './text-table.ts'

/** The distinct values of a cell, each stored once: most values of a chart are the same few. */
export interface ValueTable {
  /** Returns the index of a value and adds it when it is new. @param kind a value of `VALUE`. @param text as the file writes it. */
  indexOf(kind: number, text: string): number
  sections(): { kinds: Uint8Array; numbers: Float64Array; texts: Uint32Array }
}

export function createValueTable(texts: TextTable): ValueTable {
  const kinds: number[] = []
  const numbers: number[] = []
  const valueTexts = createIntList()
  /** Indices of the values by kind and text. */
  const known = Object.values(VALUE).map(() => new Map<string, number>())
  return {
    indexOf(kind, text) {
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
    },
    sections: () => ({
      kinds: Uint8Array.from(kinds),
      numbers: Float64Array.from(numbers),
      texts: unsigned(valueTexts),
    }),
  }
}
