import type { AttributeList, EditedAttributes, RawAttributes } from './records.ts'
import { createRememberedTexts, LONGEST_REMEMBERED, type RememberedTexts, rememberedText } from './remembered-texts.ts'

const unitTerminator = 0x1f
const fieldTerminator = 0x1e
/** A value of only this character deletes the attribute (S-57 part 3, clause 8.4.2.2.a). */
const deleted = '\x7f'

/** Receives one attribute: its code and where its value lies. */
type Visit = (code: number, start: number, end: number) => void

/**
 * Walks the attributes of a field: pairs of a two-byte code and text up to a unit terminator. Returns false
 * when the field ends inside a code. A last value without its terminator is accepted.
 */
function walk(list: RawAttributes, visit: Visit | null): boolean {
  const { bytes, start, end, wide } = list
  // Which byte of a two-byte character has its low half.
  const [low, high] = wide && isBigEndian(list) ? [1, 0] : [0, 1]
  let at = start
  while (at < end) {
    // In UCS-2 fields the field terminator has two bytes, but some producers write one.
    if (end - at === 1 && bytes[at] === fieldTerminator) return true
    if (end - at === 2 && bytes[at + low] === fieldTerminator && bytes[at + high] === 0) return true
    if (end - at < 2) return false
    const code = bytes[at]! | (bytes[at + 1]! << 8)
    at += 2
    const from = at
    if (wide) {
      while (at + 1 < end && (bytes[at + low] !== unitTerminator || bytes[at + high] !== 0)) at += 2
      visit?.(code, from, at + 1 < end ? at : withoutTerminator(bytes, from, at, low))
      at += 2
    } else {
      while (at < end && bytes[at] !== unitTerminator) at++
      visit?.(code, from, at < end ? at : withoutTerminator(bytes, from, at, null))
      at++
    }
  }
  return true
}

/**
 * Where a last value ends whose own terminator is missing: before the field's terminator, if that is still there.
 *
 * @param low which byte of a two-byte character has its low half; null for characters of one byte.
 */
function withoutTerminator(bytes: Buffer, from: number, end: number, low: number | null): number {
  if (low === null) return end > from && bytes[end - 1] === fieldTerminator ? end - 1 : end
  const ends = end - from >= 2 && bytes[end - 2 + low] === fieldTerminator && bytes[end - 1 - low] === 0
  return ends ? end - 2 : end
}

/**
 * Whether UCS-2 text has its high bytes first. S-57 charts have them last, as their numbers do, but ISO 10646 has them first: then the last
 * terminator is `00 1F` instead of `1F 00`. Codes and values have even lengths, so an odd byte is a field terminator of one byte.
 */
function isBigEndian({ bytes, start, end }: RawAttributes): boolean {
  let last = end - ((end - start) % 2)
  if (last - start >= 2 && last === end && bytes[last - 2]! + bytes[last - 1]! === fieldTerminator) last -= 2
  return last - start >= 4 && bytes[last - 2] === 0 && bytes[last - 1] === unitTerminator
}

/** True when the field can be read to its end. */
export function areWellFormed(list: RawAttributes): boolean {
  return walk(list, null)
}

/** Decodes attribute values and reuses them: a chart mostly repeats a few numbers, dates and sources. */
export interface AttributeDecoder {
  /** Attribute code to value; a code that occurs twice has its last value. */
  decode(list: AttributeList | null, visit: (code: number, value: string) => void): void
}

export function createAttributeDecoder(): AttributeDecoder {
  const remembered = createRememberedTexts()
  return {
    decode(list, visit) {
      if (list === null) return
      if (list instanceof Map) for (const [code, value] of list) visit(code, value)
      else walk(list, (code, start, end) => visit(code, textOf(list, start, end, remembered)))
    },
  }
}

// As `rememberedText`, declared once.
function textOf(list: RawAttributes, start: number, end: number, remembered: RememberedTexts): string {
  const { bytes, wide } = list
  const length = end - start
  if (length === 0) return ''
  if (wide) return wideText(isBigEndian(list) ? bigEndian(bytes, start, end) : bytes.subarray(start, end))
  if (length > LONGEST_REMEMBERED) return bytes.toString('latin1', start, end)
  let hash = length
  for (let i = start; i < end; i++) hash = Math.imul(hash, 31) + bytes[i]!
  return rememberedText(remembered, bytes, start, end, hash)
}

function wideText(bytes: Buffer): string {
  return bytes.toString('utf16le').replace(/^\ufeff/, '')
}

/** The characters with their bytes swapped. */
function bigEndian(bytes: Buffer, start: number, end: number): Buffer {
  return Buffer.from(bytes.subarray(start, end - ((end - start) % 2))).swap16()
}

/** The attributes after an update: values are replaced or added, and those marked with the delete character are removed. */
export function editAttributes(target: AttributeList | null, update: AttributeList, decoder: AttributeDecoder): EditedAttributes {
  const result: EditedAttributes = target instanceof Map ? target : new Map()
  if (!(target instanceof Map)) decoder.decode(target, (code, value) => result.set(code, value))
  decoder.decode(update, (code, value) => {
    if (value === deleted) result.delete(code)
    else result.set(code, value)
  })
  return result
}
