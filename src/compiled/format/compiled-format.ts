import { crc32 } from 'node:zlib'

// The file (docs/compiled-cell.md): 32 bytes of head, the section table, the sections, each beginning at a multiple of 8.

/** Another number than this and the file is compiled anew; raise it with every change of what the compiler writes. */
export const COMPILED_VERSION = 1

/** "CHRTCELL". */
const MAGIC = [0x43, 0x48, 0x52, 0x54, 0x43, 0x45, 0x4c, 0x4c] as const
export const HEAD_BYTES = 32
export const TABLE_ROW_BYTES = 16
/** Where what the checksum covers begins. */
const CHECKED_FROM = 24
const MOST_SECTIONS = 256

/** Numbers of the sections, in the order in which they lie in the file. Numbers are never used again for something else. */
export const SECTION = {
  header: 1,
  texts: 2,
  textStart: 3,
  objectClass: 10,
  primitive: 11,
  featureFlags: 12,
  minZoom: 13,
  agency: 14,
  featureId: 15,
  featureSubdivision: 16,
  featureBox: 17,
  ownDepth: 18,
  besideDepth: 19,
  dangerClass: 20,
  pointStart: 30,
  pointXY: 31,
  pointDepth: 32,
  pointZoom: 33,
  partStart: 40,
  partKind: 41,
  partZoom: 42,
  partArcStart: 43,
  partArcs: 44,
  arcStart: 50,
  arcBox: 51,
  arcFlags: 52,
  vertexXY: 53,
  vertexZoom: 54,
  attributeStart: 60,
  attributeKey: 61,
  attributeValue: 62,
  valueKind: 63,
  valueNumber: 64,
  valueText: 65,
  referenceStart: 70,
  referenceTarget: 71,
  referenceRelation: 72,
  lightFeature: 80,
  lightKind: 81,
  lightFrom: 82,
  lightTo: 83,
  lightRange: 84,
  lightColour: 85,
  lightFaint: 86,
  lightRing: 87,
  featureIndex: 90,
  indexedFeatures: 91,
  soundingIndex: 92,
  indexedPoints: 93,
  indexedPointFeature: 94,
} as const

export type SectionName = keyof typeof SECTION

/** Places in the section `header`, an array of float64: exact for every integer that occurs. */
export const HEADER_FIELDS = [
  'name',
  'edition',
  'update',
  'issueDate',
  'updateDate',
  'producer',
  'usageBand',
  'compilationScale',
  'nativeZoom',
  'minX',
  'minY',
  'maxX',
  'maxY',
  'coverageStart',
  'coverageEnd',
] as const

/** Why a file cannot be used. `version`: written by another release; compile it anew, nothing is broken. */
export type CompiledCellFault = 'truncated' | 'magic' | 'version' | 'checksum' | 'structure'

export class CompiledCellError extends Error {
  override readonly name = 'CompiledCellError'
  readonly fault: CompiledCellFault

  constructor(fault: CompiledCellFault, message: string) {
    super(message)
    this.fault = fault
  }
}

export interface SectionRow {
  elementBytes: number
  offset: number
  bytes: number
}

/** Lays sections out one after the other and adds head, table and checksum. */
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

/**
 * Reads the section table.
 *
 * @param verify whether to compute the checksum too: once when the file is loaded, not again in every thread.
 * @throws CompiledCellError
 */
export function readSections(buffer: ArrayBufferLike, verify: boolean): Map<number, SectionRow> {
  const size = buffer.byteLength
  if (size < HEAD_BYTES) throw new CompiledCellError('truncated', `it has only ${size} bytes`)
  const bytes = new Uint8Array(buffer)
  const view = new DataView(buffer)
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
      throw new CompiledCellError('structure', `its section ${view.getUint32(row, true)} lies outside of it`)
    }
    table.set(view.getUint32(row, true), section)
  }
  return table
}
