import type { PositionFormat } from '../../text/measures.ts'
import type { Position } from './rhumb.ts'

/** A position as navigators write it: `32°01.860′N 080°51.060′W`, or in another form. */
export function positionText({ latitude, longitude }: Position, format: PositionFormat): string {
  return `${angle(latitude, 2, 'N', 'S', format)} ${angle(longitude, 3, 'E', 'W', format)}`
}

function angle(value: number, digits: number, positive: string, negative: string, format: PositionFormat): string {
  const letter = value < 0 ? negative : positive
  const size = Math.abs(value)
  if (format === 'decimal') return `${size.toFixed(5).padStart(digits + 6, '0')}°${letter}`
  if (format === 'minutes') {
    const thousandths = Math.round(size * 60_000)
    return `${degreesText(thousandths / 60_000, digits)}°${minutesText((thousandths % 60_000) / 1_000, 3)}′${letter}`
  }
  const tenths = Math.round(size * 36_000)
  const minutes = String(Math.floor((tenths % 36_000) / 600)).padStart(2, '0')
  return `${degreesText(tenths / 36_000, digits)}°${minutes}′${minutesText((tenths % 600) / 10, 1)}″${letter}`
}

function degreesText(value: number, digits: number): string {
  return String(Math.floor(value)).padStart(digits, '0')
}

/** Two digits before the point. */
function minutesText(value: number, decimals: number): string {
  return value.toFixed(decimals).padStart(decimals + 3, '0')
}

const NUMBER = /\d+(?:[.,]\d+)?/g

/**
 * Reads a position: decimal degrees (`32.031, -80.851`), degrees and minutes, or degrees, minutes and seconds, with or without marks, the
 * latitude first unless letters say otherwise (`80 51.06 W 32 01.86 N`).
 * @returns null when the text is not a position on the charted earth.
 */
export function parsePosition(text: string): Position | null {
  const tidy = text.trim().toUpperCase()
  if (tidy === '' || tidy.length > 80 || /[^\d\s.,;:°º'’′"”″NSEWO+-]/.test(tidy)) return null
  const decimal = /^([+-]?\d+(?:\.\d+)?)[\s,;]+([+-]?\d+(?:\.\d+)?)$/.exec(tidy)
  if (decimal !== null) return checked(Number(decimal[1]), Number(decimal[2]))
  const parts = splitAtLetters(tidy)
  if (parts === null) return null
  const [first, second] = parts
  const isReversed = /[EWO]/.test(first.letter) && /[NS]/.test(second.letter)
  if (!isReversed && !(/[NS]/.test(first.letter) && /[EWO]/.test(second.letter))) return null
  const [latitude, longitude] = (isReversed ? [second, first] : [first, second]).map(degreesOf)
  return latitude === undefined || longitude === undefined ? null : checked(latitude, longitude)
}

interface Part {
  digits: string
  letter: string
}

/** `32 01.86 N 80 51.06 W` or `N32 01.86 W80 51.06` as its two angles. */
function splitAtLetters(text: string): [Part, Part] | null {
  const letters = text.match(/[NSEWO]/g) ?? []
  if (letters.length !== 2) return null
  const pieces = text.split(/[NSEWO]/)
  const isPrefix = (pieces[0] ?? '').trim() === ''
  const [first, second] = isPrefix ? [pieces[1], pieces[2]] : [pieces[0], pieces[1]]
  if (!isPrefix && (pieces[2] ?? '').trim() !== '') return null
  return [
    { digits: first ?? '', letter: letters[0] ?? '' },
    { digits: second ?? '', letter: letters[1] ?? '' },
  ]
}

function degreesOf({ digits, letter }: Part): number {
  const numbers = (digits.match(NUMBER) ?? []).map((each) => Number(each.replace(',', '.')))
  const [degrees = Number.NaN, minutes = 0, seconds = 0] = numbers
  if (numbers.length > 3 || minutes >= 60 || seconds >= 60) return Number.NaN
  const value = degrees + minutes / 60 + seconds / 3_600
  return letter === 'S' || letter === 'W' ? -value : value
}

function checked(latitude: number, longitude: number): Position | null {
  return Math.abs(latitude) <= 85 && Math.abs(longitude) <= 180 ? { longitude, latitude } : null
}
