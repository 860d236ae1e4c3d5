// Values of attributes repeat thousands of times in a cell. One string for equal values saves making and keeping the others.

/** Texts by a hash of their bytes; a later one of the same place replaces the earlier. */
export type RememberedTexts = string[]

/** A power of two. */
const PLACES = 4_096
/** Longer values are texts that rarely repeat. */
export const LONGEST_REMEMBERED = 64

export function createRememberedTexts(): RememberedTexts {
  return new Array<string>(PLACES).fill('')
}

// Declared once, not for each cell: V8 discards the optimised code of a function together with the function.
/** Returns bytes from `start` to `end` as text, one character each (Latin-1). @param hash of these bytes. */
export function rememberedText(texts: RememberedTexts, bytes: Buffer, start: number, end: number, hash: number): string {
  const length = end - start
  const place = (hash ^ (hash >>> 12)) & (PLACES - 1)
  const candidate = texts[place]!
  if (candidate.length === length) {
    let i = 0
    while (i < length && candidate.charCodeAt(i) === bytes[start + i]) i++
    if (i === length) return candidate
  }
  const value = bytes.toString('latin1', start, end)
  texts[place] = value
  return value
}
