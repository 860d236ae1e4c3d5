import { Buffer } from 'node:buffer'
import type { AttributeList, EditedAttributes, RawAttributes } from './records.ts'

const unitTerminator = 0x1f
const fieldTerminator = 0x1e
/** A value of just this character takes the attribute away (S-57 part 3, clause 8.4.2.2.a). */
const deleted = '\x7f'

/** Receives one attribute: its code and where its value lies. */
type Visit = (code: number, start: number, end: number) => void

/**
 * Walks the attributes of a field: a code of two bytes, then text up to a unit terminator, again and again. Returns false
 * when the field ends inside a code. A last value without its terminator is accepted.
 */
function walk(list: RawAttributes, visit: Visit | null): boolean {
  const { view, start, end, wide } = list
  let at = start
  while (at < end) {
    // In UCS-2 fields the field terminator has two bytes, but some producers write one.
    if (end - at <= 2 && view.getUint8(at) === fieldTerminator && (end - at === 1 || view.getUint8(at + 1) === 0)) return true
    if (end - at < 2) return false
    const code = view.getUint16(at, true)
    at += 2
    const from = at
    if (wide) {
      while (at + 1 < end && view.getUint16(at, true) !== unitTerminator) at += 2
      visit?.(code, from, at + 1 < end ? at : withoutTerminator(view, from, at, true))
      at += 2
    } else {
      while (at < end && view.getUint8(at) !== unitTerminator) at++
      visit?.(code, from, at < end ? at : withoutTerminator(view, from, at, false))
      at++
    }
  }
  return true
}

/** Where a last value ends whose own terminator is missing: before the field's terminator, if that is still there. */
function withoutTerminator(view: DataView, from: number, end: number, wide: boolean): number {
  if (wide) return end - from >= 2 && view.getUint16(end - 2, true) === fieldTerminator ? end - 2 : end
  return end > from && view.getUint8(end - 1) === fieldTerminator ? end - 1 : end
}

/** True when the field can be read to its end. */
export function areWellFormed(list: RawAttributes): boolean {
  return walk(list, null)
}

/** Decodes attribute values, keeping one string for each short value: most values of a chart are the same few numbers. */
export interface AttributeDecoder {
  /** Attribute code to value; a code that occurs twice has its last value. */
  decode(list: AttributeList | null, visit: (code: number, value: string) => void): void
}

export function createAttributeDecoder(): AttributeDecoder {
  const shortByLength = [1, 2, 3, 4].map(() => new Map<number, string>())
  const text = (list: RawAttributes, start: number, end: number): string => {
    const { view, wide } = list
    const length = end - start
    if (length === 0) return ''
    const bytes = Buffer.from(view.buffer as ArrayBuffer, view.byteOffset + start, length)
    if (wide) return bytes.toString('utf16le', 0, length).replace(/^\ufeff/, '')
    if (length > 4) return bytes.toString('latin1', 0, length)
    const short = shortByLength[length - 1]!
    let key = 0
    for (let i = start; i < end; i++) key = (key << 8) | view.getUint8(i)
    let value = short.get(key)
    if (value === undefined) {
      value = bytes.toString('latin1', 0, length)
      if (short.size < 10_000) short.set(key, value)
    }
    return value
  }
  return {
    decode(list, visit) {
      if (list === null) return
      if (list instanceof Map) for (const [code, value] of list) visit(code, value)
      else walk(list, (code, start, end) => visit(code, text(list, start, end)))
    },
  }
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
