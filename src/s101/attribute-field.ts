import type { Buffer } from 'node:buffer'
import { createRememberedTexts, LONGEST_REMEMBERED, rememberedText } from '#s57/remembered-texts.ts'
import type { CodeTable } from './code-table.ts'

const unitTerminator = 0x1f
/** Bytes of an entry before its value: NATC, ATIX, PAIX, ATIN. */
export const ENTRY_HEAD = 7
/** The catalogue nests attributes four deep; deeper ones are left out, so that walking them cannot exhaust the stack. */
export const DEEPEST = 16

/** An ATTR field in the bytes of its file, checked but not decoded, with the names of the file's codes. */
export interface AttributeField {
  bytes: Buffer
  start: number
  end: number
  names: CodeTable
  /** How many entries it has. */
  count: number
  /** Whether none of them has a parent. */
  isFlat: boolean
  /** Whether each stands right behind its parent and the parent's other parts, as producers write them, and no deeper than trees go. */
  isOrdered: boolean
}

/** One entry of an ATTR field. */
export interface AttributeEntry {
  name: string
  /** ATIX, the number among the attributes of its name and parent, from 1. */
  index: number
  /** PAIX, the place of the parent in the field, from 1; 0 for none. */
  parent: number
  /** ATIN: 1 insert, 2 delete, 3 modify. */
  instruction: number
  value: string
}

/** An ATTR field between two places; null when its last entry is cut off. A last value without its terminator is accepted. */
export function createAttributeField(bytes: Buffer, start: number, end: number, names: CodeTable): AttributeField | null {
  let count = 0
  let isFlat = true
  let isOrdered = true
  let depth = 0
  for (let at = start; at < end; count++) {
    if (end - at < ENTRY_HEAD) return null
    const parent = bytes[at + 4]! | (bytes[at + 5]! << 8)
    if (parent !== 0) isFlat = false
    while (depth > 0 && around[depth - 1]! > parent) depth--
    if (depth === DEEPEST || (parent !== 0 && (depth === 0 || around[depth - 1] !== parent))) isOrdered = false
    else around[depth++] = count + 1
    at = endOfValue(bytes, at + ENTRY_HEAD, end) + 1
  }
  return { bytes, start, end, names, count, isFlat, isOrdered }
}

/** The places of the entries around the current one; used by one call at a time. */
const around = new Uint32Array(DEEPEST)

/** Where the value that begins at `from` ends: at its unit terminator, or at the end of the field. */
export function endOfValue(bytes: Buffer, from: number, end: number): number {
  let at = from
  while (at < end && bytes[at] !== unitTerminator) at++
  return at
}

/** Walks the entries of a well-formed field; `texts` decodes their values. */
export function visitEntries(field: AttributeField, texts: TextDecoderOfValues, visit: (entry: AttributeEntry) => void): void {
  const { bytes, end, names } = field
  let at = field.start
  while (at < end) {
    const name = names.nameOf(bytes[at]! | (bytes[at + 1]! << 8))
    const index = bytes[at + 2]! | (bytes[at + 3]! << 8)
    const parent = bytes[at + 4]! | (bytes[at + 5]! << 8)
    const instruction = bytes[at + 6]!
    at += ENTRY_HEAD
    const from = at
    at = endOfValue(bytes, from, end)
    visit({ name, index, parent, instruction, value: texts.decode(bytes, from, at) })
    at++
  }
}

/** Decodes values in UTF-8 and reuses them: a chart mostly repeats a few numbers, dates and names. */
export interface TextDecoderOfValues {
  decode(bytes: Buffer, start: number, end: number): string
}

export function createValueDecoder(): TextDecoderOfValues {
  const remembered = createRememberedTexts()
  return {
    decode(bytes, start, end) {
      const length = end - start
      if (length === 0) return ''
      if (length > LONGEST_REMEMBERED) return bytes.toString('utf8', start, end)
      let hash = length
      for (let i = start; i < end; i++) {
        if (bytes[i]! > 0x7f) return bytes.toString('utf8', start, end)
        hash = Math.imul(hash, 31) + bytes[i]!
      }
      return rememberedText(remembered, bytes, start, end, hash)
    },
  }
}
