import { Buffer } from 'node:buffer'

/** Where in the bytes of a base cell the values lie that differ from cell to cell. */
export interface TemplateIndex {
  /** Offsets of latitudes; the longitude follows four bytes later. */
  coordinates: Uint32Array
  /** Offsets of the FIDS of each feature. */
  subdivisions: Uint32Array
}

const LEADER = 24
const FIELD_END = 0x1e

/**
 * Finds the coordinates (SG2D, SG3D) and the feature identities (FOID) of a base cell by the directories of its records
 * (ISO/IEC 8211). @throws Error for a record longer than its leader can state.
 */
export function indexTemplate(bytes: Uint8Array): TemplateIndex {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const number = (at: number, width: number) => Number(file.toString('latin1', at, at + width))
  const coordinates: number[] = []
  const subdivisions: number[] = []
  for (let start = 0, length = 0; start < file.length; start += length) {
    length = number(start, 5)
    if (length === 0) throw new Error('a record of a template has more than 99,999 bytes')
    if (start === 0) continue
    const area = start + number(start + 12, 5)
    const [lengthDigits, positionDigits] = [number(start + 20, 1), number(start + 21, 1)]
    const entry = 4 + lengthDigits + positionDigits
    for (let at = start + LEADER; file[at] !== FIELD_END; at += entry) {
      const tag = file.toString('latin1', at, at + 4)
      const size = number(at + 4, lengthDigits) - 1
      const data = area + number(at + 4 + lengthDigits, positionDigits)
      if (tag === 'FOID') subdivisions.push(data + 6)
      const stride = tag === 'SG2D' ? 8 : tag === 'SG3D' ? 12 : 0
      if (stride > 0) for (let pair = data; pair < data + size; pair += stride) coordinates.push(pair)
    }
  }
  return { coordinates: Uint32Array.from(coordinates), subdivisions: Uint32Array.from(subdivisions) }
}
