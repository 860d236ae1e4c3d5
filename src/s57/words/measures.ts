import { isNumber } from '../is-number.ts'

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]

/** Reads a decimal attribute; null when it is missing, unknown or not a number. */
export function numberOf(value: string | undefined): number | null {
  return value === undefined || !isNumber(value) ? null : Number(value)
}

/** Writes a number without needless zeros, at most `digits` after the point. */
export function plainNumber(value: number, digits = 2): string {
  return String(Number(value.toFixed(digits)) + 0)
}

/** Writes metres: `4.2 m`. */
export function metres(value: number): string {
  return `${plainNumber(value)} m`
}

/** Writes a depth in metres below the chart's datum: `depth 4.2 m`, or `dries 0.5 m` above it. */
export function depthWords(value: number, noun = 'depth'): string {
  return value < 0 ? `dries ${metres(-value)}` : `${noun} ${metres(value)}`
}

/** Writes a bearing: `045°`, `182.5°`. */
export function bearing(value: number): string {
  const [whole = '', fraction] = plainNumber(value, 1).split('.')
  return `${whole.padStart(3, '0')}${fraction === undefined ? '' : `.${fraction}`}°`
}

/**
 * Writes a date of S-57 (part 3, 2.1: CCYYMMDD, CCYYMM, CCYY, or --MMDD and the like, which recur each year): `12 May 2019`, `May 2019`,
 * `2019`, `12 May`. Null for anything else.
 */
export function dateWords(value: string | undefined): string | null {
  const parts = /^(\d{4}|--)(\d\d|--?)?(\d\d|-)?$/.exec((value ?? '').trim())
  if (parts === null) return null
  const [, year = '', month = '', day = ''] = parts
  const name = MONTHS[Number(month) - 1]
  const words = [/^\d+$/.test(day) && name !== undefined ? String(Number(day)) : '', name ?? '', year === '--' ? '' : year]
  const text = words.filter((word) => word !== '').join(' ')
  return text === '' ? null : text
}

/** Writes a period by its first and last day: `from 1 May to 31 October`; null when neither is known. */
export function periodWords(start: string | undefined, end: string | undefined): string | null {
  const [from, to] = [dateWords(start), dateWords(end)]
  if (from === null && to === null) return null
  if (from === null) return `until ${to}`
  return to === null ? `from ${from}` : from === to ? from : `from ${from} to ${to}`
}
