import type { Buffer } from 'node:buffer'
import type { FieldDefinition } from './field-definition.ts'

const unitTerminator = 0x1f

/** A subfield's value: numbers for numeric formats, text for the others, the bytes of an opaque subfield. */
export type SubfieldValue = number | string | Buffer

/**
 * Reads one row of subfields by its definition, for fields that occur once in a file and for files whose layout is unusual. Returns the
 * values by label and where the row ends, or the label of the subfield that does not fit before `end`. Text is ISO 8859-1 unless `encoding`
 * says UTF-8.
 */
export function readRow(
  bytes: Buffer,
  start: number,
  end: number,
  definition: FieldDefinition,
  encoding: 'latin1' | 'utf8' = 'latin1',
): { values: Map<string, SubfieldValue>; end: number; missing: string | null } {
  const values = new Map<string, SubfieldValue>()
  let at = start
  for (const [i, label] of definition.labels.entries()) {
    const { kind, width } = definition.formats[i]!
    if (width > end - at) return { values, end: at, missing: label }
    if (kind === 'unsigned' || kind === 'signed') {
      values.set(label, readInteger(bytes, at, width, kind === 'signed'))
      at += width
    } else if (kind === 'real') {
      values.set(label, width === 8 ? bytes.readDoubleLE(at) : bytes.readFloatLE(at))
      at += width
    } else if (kind === 'bits') {
      values.set(label, bytes.subarray(at, at + width))
      at += width
    } else {
      let stop = at + width
      if (width === 0) {
        stop = bytes.indexOf(unitTerminator, at)
        if (stop === -1 || stop > end) {
          // A last subfield without its terminator is a common mistake that loses nothing.
          if (i !== definition.labels.length - 1) return { values, end: at, missing: label }
          stop = end
        }
      }
      const text = bytes.toString(encoding, at, stop)
      values.set(label, kind === 'number' ? Number(text.trim() || 'NaN') : text)
      at = width === 0 ? Math.min(stop + 1, end) : stop
    }
  }
  return { values, end: at, missing: null }
}

/** A little-endian integer of 1, 2, 4 or 8 bytes. Eight bytes lose precision above 2^53; no S-57 value comes near. */
function readInteger(bytes: Buffer, at: number, width: number, signed: boolean): number {
  if (width === 8) return Number(signed ? bytes.readBigInt64LE(at) : bytes.readBigUInt64LE(at))
  return signed ? bytes.readIntLE(at, width) : bytes.readUIntLE(at, width)
}
