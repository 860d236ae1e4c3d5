import { Buffer } from 'node:buffer'
import { encodeRecord } from '#iso8211/encode-record.ts'

/** A field of a test file: its tag, and its bytes without the field terminator. */
export type FieldBytes = readonly [tag: string, data: Buffer]

const standard: Record<string, string> = {
  '0001': '0500;&   ISO/IEC 8211 Record Identifier\x1f\x1f(b12)',
  DSID: '1600;&   \x1fRCNM!RCID!EXPP!INTU!DSNM!EDTN!UPDN!UADT!ISDT!STED!PRSP!PSDN!PRED!PROF!AGEN!COMT\x1f(b11,b14,2b11,3A,2A(8),R(4),b11,2A,b11,b12,A)',
  DSPM: '1600;&   \x1fRCNM!RCID!HDAT!VDAT!SDAT!CSCL!DUNI!HUNI!PUNI!COUN!COMF!SOMF!COMT\x1f(b11,b14,3b11,b14,4b11,2b14,A)',
  VRID: '1600;&   \x1fRCNM!RCID!RVER!RUIN\x1f(b11,b14,b12,b11)',
  VRPT: '2600;&   \x1f*NAME!ORNT!USAG!TOPI!MASK\x1f(B(40),4b11)',
  SG2D: '2500;&   \x1f*YCOO!XCOO\x1f(2b24)',
  FRID: '1600;&   \x1fRCNM!RCID!PRIM!GRUP!OBJL!RVER!RUIN\x1f(b11,b14,2b11,2b12,b11)',
  ATTF: '2600;&-A \x1f*ATTL!ATVL\x1f(b12,A)',
  FSPT: '2600;&   \x1f*NAME!ORNT!USAG!MASK\x1f(B(40),3b11)',
}

/**
 * Creates an ISO 8211 file from records given field by field, valid in S-57 or not. `layouts` replaces or removes (null) descriptions
 * of fields. The file begins with DSID and DSPM (COMF 10,000,000) unless `bare`.
 */
export function isoFile(
  records: readonly (readonly FieldBytes[])[],
  options: { layouts?: Readonly<Record<string, string | null>>; bare?: boolean } = {},
): Buffer {
  const descriptions = Object.entries({ ...standard, ...options.layouts }).filter((entry) => entry[1] !== null)
  const control: FieldBytes = ['0000', Buffer.from('0000;&   \x1f')]
  const fields = [control, ...descriptions.map(([tag, text]): FieldBytes => [tag, Buffer.from(text ?? '', 'latin1')])]
  const header: (readonly FieldBytes[])[] = options.bare === true ? [] : [[['DSID', dsid]], [['DSPM', dspm]]]
  return Buffer.concat([
    encodeRecord(
      'descriptive',
      fields.map(([tag, data]) => ({ tag, data })),
    ),
    ...[...header, ...records].map((record) =>
      encodeRecord(
        'data',
        record.map(([tag, data]) => ({ tag, data })),
      ),
    ),
  ])
}

const dsid = Buffer.concat([
  numbers([10, 1], [1, 4], [1, 1], [5, 1]),
  Buffer.from('XX5HANDY.000\x1f1\x1f0\x1f202601012026010103.1', 'latin1'),
  numbers([1, 1]),
  Buffer.from('\x1f2.0\x1f', 'latin1'),
  numbers([1, 1], [550, 2]),
  Buffer.from('\x1f'),
])

const dspm = Buffer.concat([
  numbers([20, 1], [1, 4], [2, 1], [1, 1], [1, 1], [12_000, 4], [1, 1], [1, 1], [1, 1], [1, 1], [10_000_000, 4], [10, 4]),
  Buffer.from('\x1f'),
])

/** Encodes little-endian numbers, each with its width in bytes. */
export function numbers(...values: readonly (readonly [value: number, width: number])[]): Buffer {
  return Buffer.concat(
    values.map(([value, width]) => {
      const bytes = Buffer.alloc(width)
      if (value < 0) bytes.writeIntLE(value, 0, width)
      else bytes.writeUIntLE(value, 0, width)
      return bytes
    }),
  )
}

export const vrid = (kind: number, id: number): FieldBytes => ['VRID', numbers([kind, 1], [id, 4], [1, 2], [1, 1])]
export const frid = (id: number, primitive: number, objectClass: number): FieldBytes => [
  'FRID',
  numbers([100, 1], [id, 4], [primitive, 1], [2, 1], [objectClass, 2], [1, 2], [1, 1]),
]
/** Positions in degrees. */
export const sg2d = (...positions: readonly (readonly [number, number])[]): FieldBytes => [
  'SG2D',
  numbers(...positions.flatMap(([x, y]) => [[Math.round(y * 1e7), 4] as const, [Math.round(x * 1e7), 4] as const])),
]
export const fspt = (...pointers: readonly (readonly [kind: number, id: number])[]): FieldBytes => [
  'FSPT',
  numbers(
    ...pointers.flatMap(
      ([kind, id]) =>
        [
          [kind, 1],
          [id, 4],
          [1, 1],
          [255, 1],
          [255, 1],
        ] as const,
    ),
  ),
]
