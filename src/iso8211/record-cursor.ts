import { Buffer } from 'node:buffer'
import { counted } from '#lib/quantities.ts'
import { type FieldDefinition, parseFieldDefinition } from './field-definition.ts'
import type { CreatePlacedError } from './record-place.ts'

const leaderLength = 24
const fieldTerminator = 0x1e

/** The four characters of a tag as one number, which is quicker to compare than a string. */
export function tagCode(tag: string): number {
  return (tag.charCodeAt(0) << 24) | (tag.charCodeAt(1) << 16) | (tag.charCodeAt(2) << 8) | tag.charCodeAt(3)
}

/** The tag for a code from `tagCode`; characters that do not print become `?`. */
export function tagName(code: number): string {
  const letters = [code >>> 24, (code >>> 16) & 255, (code >>> 8) & 255, code & 255]
  return letters.map((letter) => (letter > 32 && letter < 127 ? String.fromCharCode(letter) : '?')).join('')
}

/**
 * Walks the records of an ISO/IEC 8211 file. The constructor reads the data descriptive record; each `next()` then moves to
 * one data record and fills `tags`, `starts` and `ends` with its fields (byte offsets; the field terminator is left out of
 * the field when there is one). Sizes of lengths, positions and tags come from each record's own entry map. Every length is
 * checked before it is used; the error names the record and the field where the file ends early or contradicts itself.
 */
export class RecordCursor {
  readonly file: string
  readonly bytes: Buffer
  readonly view: DataView
  readonly definitions = new Map<number, FieldDefinition>()
  /** Number of the current record; the data descriptive record is number 1. */
  record = 0
  fieldCount = 0
  readonly tags: number[] = []
  readonly starts: number[] = []
  readonly ends: number[] = []
  /** Bytes of the current record after its last field; 0 in a sound record. */
  slack = 0
  readonly #createError: CreatePlacedError
  #position = 0
  #recordStart = 0

  /** Reads the data descriptive record. Here and in `next()`, throws an error made by `createError` when the file is malformed. */
  constructor(file: { name: string; bytes: Uint8Array }, createError: CreatePlacedError) {
    this.file = file.name
    this.#createError = createError
    const { buffer, byteOffset, byteLength } = file.bytes
    this.bytes = Buffer.from(buffer, byteOffset, byteLength)
    this.view = new DataView(buffer, byteOffset, byteLength)
    this.#readDescriptiveRecord()
  }

  /** Moves to the next data record; false at the end of the file. */
  next(): boolean {
    if (this.#position >= this.bytes.length || this.#onlyPaddingLeft()) return false
    this.#readRecord('D')
    return true
  }

  /**
   * Moves to the next apparent data record, after `next()` has thrown or when the current record is invalid, so that `next()` can
   * continue there. False when no further record is found.
   */
  recover(): boolean {
    // A leader follows the end of a field; looking only there avoids mistaking text for a leader.
    for (let at = this.#recordStart + 1; at + leaderLength <= this.bytes.length; at++) {
      if (this.bytes[at - 1] !== fieldTerminator || this.bytes[at + 6] !== 0x44 || !this.#looksLikeLength(at)) continue
      this.#position = at
      return true
    }
    return false
  }

  #looksLikeLength(at: number): boolean {
    for (let i = at; i < at + 5; i++) if (this.bytes[i]! < 0x30 || this.bytes[i]! > 0x39) return false
    return true
  }

  /** An error at the current record. `record` may give it a better name than its number. */
  fail(field: string | null, message: string, record = `record ${this.record}`): never {
    throw this.#createError({ file: this.file, record, field }, message)
  }

  #readDescriptiveRecord(): void {
    if (this.bytes.length === 0) this.fail('leader', 'the file is empty', 'record 1')
    if (this.bytes.length >= 7 && this.bytes[6] !== 0x4c) {
      const message = 'this is not an S-57 file (it does not begin with an ISO 8211 data descriptive record)'
      this.fail('leader', message, 'record 1')
    }
    const controlLength = this.#readRecord('L')
    for (let i = 0; i < this.fieldCount; i++) {
      const code = this.tags[i]!
      const tag = tagName(code)
      if (tag === '0000') continue
      const text = this.bytes.toString('latin1', this.starts[i]!, this.ends[i]!)
      const fail = (message: string): never => this.fail(tag, message, 'record 1')
      this.definitions.set(code, parseFieldDefinition(tag, text, controlLength, fail))
    }
  }

  /** Some producers pad the last block of a file with zeros or blanks. */
  #onlyPaddingLeft(): boolean {
    const first = this.bytes[this.#position]
    if (first !== 0x00 && first !== 0x20 && first !== 0x1a && first !== 0x0a && first !== 0x0d) return false
    for (let i = this.#position; i < this.bytes.length; i++) if (this.bytes[i]! > 0x20) return false
    return true
  }

  /** Reads leader and directory at the current position; returns the leader's field control length. */
  #readRecord(identifier: 'L' | 'D'): number {
    this.record++
    const bytes = this.bytes
    const start = this.#position
    this.#recordStart = start
    const left = bytes.length - start
    if (left < leaderLength) {
      this.fail('leader', `the file ends after ${left} of the ${leaderLength} bytes of the record's leader`)
    }
    const stated = this.#digits(start, 5, 'leader')
    if (bytes[start + 6] !== identifier.charCodeAt(0)) {
      const found = JSON.stringify(String.fromCharCode(bytes[start + 6]!))
      this.fail('leader', `the record has the leader identifier ${found}; ${identifier} is accepted here`)
    }
    const controlLength = identifier === 'L' ? this.#digits(start + 10, 2, 'leader') : 0
    const base = this.#digits(start + 12, 5, 'leader')
    const lengthSize = this.#digits(start + 20, 1, 'leader')
    const positionSize = this.#digits(start + 21, 1, 'leader')
    const tagSize = this.#digits(start + 23, 1, 'leader')
    if (tagSize !== 4) this.fail('leader', `tags of ${tagSize} characters; S-57 has tags of 4`)
    if (lengthSize === 0 || positionSize === 0) this.fail('leader', 'the leader gives field lengths or positions no digits')
    const entrySize = tagSize + lengthSize + positionSize
    if (base <= leaderLength || (base - 1 - leaderLength) % entrySize !== 0) {
      this.fail('leader', `the directory cannot end at byte ${base} with entries of ${entrySize} bytes`)
    }
    // A record longer than 99,999 bytes cannot state its length in five digits and states 0; then its fields say where it ends.
    if (stated !== 0 && stated < base)
      this.fail('leader', `a record of ${stated} bytes cannot have its first field at byte ${base}`)
    if (base > left) this.fail('directory', `the file ends inside the record's directory`)
    if (bytes[start + base - 1] !== fieldTerminator) this.fail('directory', 'the directory does not end where the leader says')

    const limit = stated === 0 ? left : Math.min(stated, left)
    const count = (base - 1 - leaderLength) / entrySize
    let total = 0
    let furthest = base
    for (let i = 0; i < count; i++) {
      const entry = start + leaderLength + i * entrySize
      const tag = this.view.getInt32(entry)
      const length = this.#digits(entry + tagSize, lengthSize, 'directory')
      const from = base + this.#digits(entry + tagSize + lengthSize, positionSize, 'directory')
      const to = from + length
      if (to > limit) {
        const what = limit === left ? 'the file ends' : 'the record ends'
        this.fail(tagName(tag), `${what} ${counted(to - limit, 'byte')} before the end of the field`)
      }
      // Overlapping fields would let a small file describe a huge record.
      total += length
      if (total > limit - base) this.fail(tagName(tag), 'the fields of the record overlap')
      if (to > furthest) furthest = to
      this.tags[i] = tag
      this.starts[i] = start + from
      this.ends[i] = start + (length > 0 && bytes[start + to - 1] === fieldTerminator ? to - 1 : to)
    }
    this.fieldCount = count
    if (stated > left) this.fail('leader', `the record should have ${stated} bytes but the file ends after ${left}`)
    this.#position = start + (stated === 0 ? furthest : stated)
    this.slack = stated === 0 ? 0 : stated - furthest
    return controlLength
  }

  /** An unsigned number in ASCII digits; leading blanks are accepted. */
  #digits(at: number, size: number, field: string): number {
    let value = 0
    for (let i = at; i < at + size; i++) {
      const byte = this.bytes[i]!
      if (byte >= 0x30 && byte <= 0x39) value = value * 10 + byte - 0x30
      else if (byte !== 0x20 || value !== 0) {
        this.fail(field, `expected a number but found ${JSON.stringify(this.bytes.toString('latin1', at, at + size))}`)
      }
    }
    return value
  }
}
