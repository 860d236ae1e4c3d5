import { Buffer } from 'node:buffer'

/** The texts of a cell, each stored once. */
export interface TextTable {
  /** Returns the index of a text and adds it when it is new. */
  indexOf(text: string): number
  /** Returns the texts in UTF-8, concatenated, and where each begins. */
  sections(): { bytes: Uint8Array; starts: Uint32Array }
}

export function createTextTable(): TextTable {
  const indices = new Map<string, number>()
  return {
    indexOf(text) {
      let index = indices.get(text)
      if (index === undefined) {
        index = indices.size
        indices.set(text, index)
      }
      return index
    },
    sections() {
      const all = [...indices.keys()].map((text) => Buffer.from(text.toWellFormed(), 'utf8'))
      const starts = new Uint32Array(all.length + 1)
      all.forEach((bytes, i) => {
        starts[i + 1] = starts[i]! + bytes.length
      })
      return { bytes: Buffer.concat(all), starts }
    },
  }
}
