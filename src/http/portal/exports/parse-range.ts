/** A part of a file: from the byte `start`, counted from 0, up to but not including `end`. */
export interface AskedPart {
  start: number
  end: number
}

/**
 * Reads the header Range (RFC 9110, 14.1.2).
 * @returns the part; null for the whole content, also when several parts are requested; `unsatisfiable` for one that begins beyond it.
 */
export function parseRange(header: string | undefined, size: number): AskedPart | null | 'unsatisfiable' {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return null
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size }
  }
  const start = Number(first)
  const end = last === '' ? size : Math.min(Number(last) + 1, size)
  if (start >= size) return 'unsatisfiable'
  // A range that ends before it begins is not valid, and then the whole content is sent.
  return end <= start ? null : { start, end }
}
