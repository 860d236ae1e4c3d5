import { crc32 } from 'node:zlib'
import {
  CHECKED_FROM,
  COMPILED_VERSION,
  HEAD_BYTES,
  MAGIC,
  SECTION,
  type SectionName,
  TABLE_ROW_BYTES,
} from '../format/compiled-format.ts'

/** Writes sections one after the other, with head, table and checksum, and returns the bytes of the file. */
export function writeSections(sections: readonly [name: SectionName, data: ArrayBufferView][]): Uint8Array {
  const align = (at: number) => Math.ceil(at / 8) * 8
  let length = HEAD_BYTES + sections.length * TABLE_ROW_BYTES
  const places = sections.map(([, data]) => {
    const offset = align(length)
    length = offset + data.byteLength
    return offset
  })
  length = align(length)
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  bytes.set(MAGIC)
  view.setUint32(8, COMPILED_VERSION, true)
  view.setUint32(12, length, true)
  view.setUint32(CHECKED_FROM, sections.length, true)
  sections.forEach(([name, data], i) => {
    const row = HEAD_BYTES + i * TABLE_ROW_BYTES
    view.setUint32(row, SECTION[name], true)
    view.setUint32(row + 4, elementBytesOf(data), true)
    view.setUint32(row + 8, places[i]!, true)
    view.setUint32(row + 12, data.byteLength, true)
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), places[i]!)
  })
  view.setUint32(16, crc32(bytes.subarray(CHECKED_FROM)), true)
  return bytes
}

function elementBytesOf(data: ArrayBufferView): number {
  return 'BYTES_PER_ELEMENT' in data ? Number(data.BYTES_PER_ELEMENT) : 1
}
