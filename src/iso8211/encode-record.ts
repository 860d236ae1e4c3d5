import { Buffer } from 'node:buffer'

/** One field of a record: its tag of four characters and its data, without the terminator. */
export interface RecordField {
  tag: string
  data: Buffer
  /** Whether the terminator has two bytes, as in UCS-2 fields (S-57 part 3, annex B). */
  wideTerminator?: boolean
}

const TERMINATOR = Buffer.from([0x1e])
const WIDE_TERMINATOR = Buffer.from([0x1e, 0x00])
const LEADER_LENGTH = 24

/**
 * Encodes a record of ISO/IEC 8211: leader, directory, fields. `kind` is `descriptive` for the first record of a file. Directory
 * entries have the smallest possible size; a record of more than 99,999 bytes states the length 0, as the standard requires.
 */
export function encodeRecord(kind: 'descriptive' | 'data', fields: readonly RecordField[]): Buffer {
  const areas = fields.map(({ data, wideTerminator }) =>
    Buffer.concat([data, wideTerminator === true ? WIDE_TERMINATOR : TERMINATOR]),
  )
  const positions: number[] = []
  let size = 0
  for (const area of areas) {
    positions.push(size)
    size += area.length
  }
  const lengthDigits = digitsOf(Math.max(...areas.map((area) => area.length)))
  const positionDigits = digitsOf(positions.at(-1) ?? 0)
  const directory = fields
    .map(({ tag }, i) => tag + padded(areas[i]?.length ?? 0, lengthDigits) + padded(positions[i] ?? 0, positionDigits))
    .join('')
  const base = LEADER_LENGTH + directory.length + 1
  const total = base + size
  const stated = padded(total > 99_999 ? 0 : total, 5)
  const sizes = `${lengthDigits}${positionDigits}04`
  const leader =
    kind === 'descriptive' ? `${stated}3LE1 09${padded(base, 5)} ! ${sizes}` : `${stated} D     ${padded(base, 5)}   ${sizes}`
  return Buffer.concat([Buffer.from(leader + directory, 'latin1'), TERMINATOR, ...areas])
}

const digitsOf = (value: number) => String(value).length
const padded = (value: number, width: number) => String(value).padStart(width, '0')
