import { crc32 } from 'node:zlib'
import { CompiledCellError } from '../format/compiled-cell-error.ts'
import { CHECKED_FROM, COMPILED_VERSION, HEAD_BYTES, MAGIC, TABLE_ROW_BYTES } from '../format/compiled-format.ts'

const MOST_SECTIONS = 256

export interface SectionRow {
  elementBytes: number
  offset: number
  bytes: number
}

/**
 * Reads the section table of a compiled cell and returns its rows by section number.
 *
 * @param verify whether to verify the checksum: once when the file is loaded, not again in every thread.
 * @throws CompiledCellError
 */
export function readSections(bytes: Uint8Array, verify: boolean): Map<number, SectionRow> {
  const size = bytes.byteLength
  if (size < HEAD_BYTES) throw new CompiledCellError('truncated', `it has only ${size} bytes`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, size)
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) throw new CompiledCellError('magic', 'it is not a compiled cell')
  const version = view.getUint32(8, true)
  if (version !== COMPILED_VERSION) {
    throw new CompiledCellError('version', `it has format version ${version}, this server reads ${COMPILED_VERSION}`)
  }
  const length = view.getUint32(12, true)
  if (length !== size) throw new CompiledCellError('truncated', `it has ${size} bytes instead of ${length}`)
  if (verify && crc32(bytes.subarray(CHECKED_FROM)) !== view.getUint32(16, true)) {
    throw new CompiledCellError('checksum', 'its checksum is wrong')
  }
  const count = view.getUint32(CHECKED_FROM, true)
  if (count > MOST_SECTIONS || HEAD_BYTES + count * TABLE_ROW_BYTES > size) {
    throw new CompiledCellError('structure', `its section table has ${count} rows`)
  }
  const table = new Map<number, SectionRow>()
  for (let i = 0; i < count; i++) {
    const row = HEAD_BYTES + i * TABLE_ROW_BYTES
    const section = {
      elementBytes: view.getUint32(row + 4, true),
      offset: view.getUint32(row + 8, true),
      bytes: view.getUint32(row + 12, true),
    }
    const { elementBytes, offset, bytes: long } = section
    if (offset % 8 !== 0 || offset + long > size || elementBytes === 0 || long % elementBytes !== 0) {
      throw new CompiledCellError('structure', `its section ${view.getUint32(row, true)} lies outside the file`)
    }
    table.set(view.getUint32(row, true), section)
  }
  return table
}
