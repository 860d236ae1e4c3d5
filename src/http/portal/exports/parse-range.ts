/** The first and the last byte of a part, counted from 0. */
export interface ByteRange {
  start: number
  end: number
}

/**
 * Reads the header Range (RFC 9110, 14.1.2).
 *
 * @returns the part; null for the whole content, also when several parts are asked for; `unsatisfiable` for one that begins beyond it.
 */
export function parseRange(header: string | undefined, size: number): ByteRange | null | 'unsatisfiable' {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return null
  if (first === '') {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 }
  }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (start >= size) return 'unsatisfiable'
  // A range that ends before it begins is not valid, and then the whole content is sent.
  return end < start ? null : { start, end }
}
