import { Buffer } from 'node:buffer'
import type { FieldDefinition, SubfieldFormat } from '#iso8211/field-definition.ts'
import { readRow, type SubfieldValue } from '#iso8211/read-row.ts'
import { type RecordCursor, tagCode, tagName } from '#iso8211/record-cursor.ts'

// The layouts of S-57 edition 3.1 (part 3, clause 7) in the binary implementation, which every ENC uses. The decoders read
// these directly; a file that describes one of these fields differently has the field rewritten into this layout first.

interface Subfield extends SubfieldFormat {
  label: string
  /** Written when a file's layout has no such subfield; without it the subfield must be there. */
  otherwise?: number
}

const unsigned = (label: string, width: number, otherwise?: number): Subfield =>
  otherwise === undefined ? { label, kind: 'unsigned', width } : { label, kind: 'unsigned', width, otherwise }
const signed = (label: string, width: number): Subfield => ({ label, kind: 'signed', width })
const bits = (label: string, width: number): Subfield => ({ label, kind: 'bits', width })
const text = (label: string): Subfield => ({ label, kind: 'text', width: 0 })

const layouts: ReadonlyMap<string, readonly Subfield[]> = new Map([
  ['VRID', [unsigned('RCNM', 1), unsigned('RCID', 4), unsigned('RVER', 2, 1), unsigned('RUIN', 1, 1)]],
  ['ATTV', [unsigned('ATTL', 2), text('ATVL')]],
  ['VRPC', [unsigned('VPUI', 1), unsigned('VPIX', 2), unsigned('NVPT', 2)]],
  [
    'VRPT',
    [bits('NAME', 5), unsigned('ORNT', 1, 255), unsigned('USAG', 1, 255), unsigned('TOPI', 1, 255), unsigned('MASK', 1, 255)],
  ],
  ['SGCC', [unsigned('CCUI', 1), unsigned('CCIX', 2), unsigned('CCNC', 2)]],
  ['SG2D', [signed('YCOO', 4), signed('XCOO', 4)]],
  ['SG3D', [signed('YCOO', 4), signed('XCOO', 4), signed('VE3D', 4)]],
  [
    'FRID',
    [
      unsigned('RCNM', 1),
      unsigned('RCID', 4),
      unsigned('PRIM', 1),
      unsigned('GRUP', 1, 255),
      unsigned('OBJL', 2),
      unsigned('RVER', 2, 1),
      unsigned('RUIN', 1, 1),
    ],
  ],
  ['FOID', [unsigned('AGEN', 2), unsigned('FIDN', 4), unsigned('FIDS', 2)]],
  ['ATTF', [unsigned('ATTL', 2), text('ATVL')]],
  ['NATF', [unsigned('ATTL', 2), text('ATVL')]],
  ['FFPC', [unsigned('FFUI', 1), unsigned('FFIX', 2), unsigned('NFPT', 2)]],
  ['FFPT', [bits('LNAM', 8), unsigned('RIND', 1, 255), text('COMT')]],
  ['FSPC', [unsigned('FSUI', 1), unsigned('FSIX', 2), unsigned('NSPT', 2)]],
  ['FSPT', [bits('NAME', 5), unsigned('ORNT', 1, 255), unsigned('USAG', 1, 255), unsigned('MASK', 1, 255)]],
])

/** Rewrites a field's bytes into the standard layout. */
export type Rewrite = (start: number, end: number) => Buffer

/** The fields of this file that must be rewritten before they are decoded, by tag code; in most files there are none. */
export function unusualLayouts(cursor: RecordCursor): Map<number, Rewrite> {
  const rewrites = new Map<number, Rewrite>()
  for (const [tag, standard] of layouts) {
    const definition = cursor.definitions.get(tagCode(tag))
    if (definition !== undefined && !isStandard(definition, standard)) {
      rewrites.set(tagCode(tag), createRewrite(cursor, definition, standard))
    }
  }
  return rewrites
}

function isStandard(definition: FieldDefinition, standard: readonly Subfield[]): boolean {
  return (
    definition.labels.length === standard.length &&
    standard.every(({ label, kind, width }, i) => {
      const format = definition.formats[i]!
      return definition.labels[i] === label && format.kind === kind && format.width === width
    })
  )
}

function createRewrite(cursor: RecordCursor, definition: FieldDefinition, standard: readonly Subfield[]): Rewrite {
  for (const { label, kind, otherwise } of standard) {
    const at = definition.labels.indexOf(label)
    if (at === -1) {
      if (otherwise === undefined) cursor.fail(definition.tag, `the field is described without its subfield ${label}`)
      continue
    }
    const found = definition.formats[at]!.kind
    const fits = kind === 'bits' || kind === 'text' ? found === kind : found !== 'bits' && found !== 'text'
    if (!fits) {
      cursor.fail(
        definition.tag,
        `the subfield ${label} is stored as ${found}; the binary implementation of S-57 has ${kind} there`,
      )
    }
  }
  // The most room the rewritten rows can take, so that one buffer does: a row takes at least this much in the file ...
  const leastRow = Math.max(
    1,
    definition.formats.reduce((sum, { width }) => sum + Math.max(width, 1), -1),
  )
  // ... and this much here, not counting its texts, which keep their length.
  const mostRow = standard.reduce((sum, { width }) => sum + Math.max(width, 1), 0)
  return (start, end) => {
    const out = Buffer.alloc(Math.ceil((end - start) / leastRow) * mostRow + (end - start))
    let length = 0
    let at = start
    while (at < end) {
      const row = readRow(cursor.bytes, at, end, definition)
      if (row.missing !== null) cursor.fail(definition.tag, `the field ends inside its subfield ${row.missing}`)
      if (row.end === at) cursor.fail(definition.tag, 'the field is described as taking no space')
      at = row.end
      for (const subfield of standard) {
        length += encode(cursor, definition.tag, subfield, row.values.get(subfield.label), out, length)
      }
    }
    return out.subarray(0, length)
  }
}

/** Writes one subfield in its standard form; returns how many bytes it takes. */
function encode(
  cursor: RecordCursor,
  tag: string,
  subfield: Subfield,
  found: SubfieldValue | undefined,
  out: Buffer,
  at: number,
): number {
  const { label, kind, width } = subfield
  if (kind === 'text') {
    const length = out.write(String(found ?? ''), at, 'latin1')
    out[at + length] = 0x1f
    return length + 1
  }
  if (kind === 'bits') {
    if (!Buffer.isBuffer(found) || found.length !== width) cursor.fail(tag, `the subfield ${label} must have ${width * 8} bits`)
    return found.copy(out, at)
  }
  const value = found ?? subfield.otherwise
  const [least, most] = kind === 'signed' ? [-(2 ** (width * 8 - 1)), 2 ** (width * 8 - 1) - 1] : [0, 2 ** (width * 8) - 1]
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    cursor.fail(tag, `the subfield ${label} is ${String(value)}; whole numbers from ${least} to ${most} are accepted`)
  }
  if (kind === 'signed') out.writeIntLE(value, at, width)
  else out.writeUIntLE(value, at, width)
  return width
}

/** True when S-57 knows the tag, so that a field without a description can still be read in its standard layout. */
export function isKnownTag(code: number): boolean {
  return layouts.has(tagName(code))
}
