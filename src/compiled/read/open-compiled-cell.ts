import { Buffer } from 'node:buffer'
import type Flatbush from 'flatbush'
import { type CompiledCell, type CompiledHeader, NOWHERE } from '../format/compiled-cell.ts'
import { CompiledCellError } from '../format/compiled-cell-error.ts'
import { HEADER_FIELDS, SECTION, type SectionName } from '../format/compiled-format.ts'
import { checkStructure } from './check-structure.ts'
import { openIndex } from './open-index.ts'
import { readSections } from './read-sections.ts'

interface Column<T> {
  new (buffer: ArrayBufferLike, offset: number, length: number): T
  readonly BYTES_PER_ELEMENT: number
}

/**
 * Opens a compiled cell where it lies: nothing is copied, so every thread may open the same SharedArrayBuffer.
 *
 * @param buffer the whole file, nothing before or after it.
 * @param options.verify false when it has been opened and so tested already, as a buffer that the loader handed out has been.
 * @throws CompiledCellError for a truncated file, another version, a wrong checksum, numbers that point at nothing.
 */
export function openCompiledCell(buffer: ArrayBufferLike, options: { verify?: boolean } = {}): CompiledCell {
  const verify = options.verify ?? true
  const table = readSections(buffer, verify)
  const column = <T>(name: SectionName, type: Column<T>): T => {
    const row = table.get(SECTION[name])
    if (row === undefined || row.elementBytes !== type.BYTES_PER_ELEMENT) {
      throw new CompiledCellError('structure', `its section ${SECTION[name]} (${name}) is missing or of another kind`)
    }
    return new type(buffer, row.offset, row.bytes / row.elementBytes)
  }
  const index = (name: SectionName): Flatbush | null => {
    const row = table.get(SECTION[name])
    return row === undefined || row.bytes === 0 ? null : openIndex(name, buffer, row, verify)
  }

  const textBytes = column('texts', Uint8Array)
  const textStart = column('textStart', Uint32Array)
  const texts: (string | undefined)[] = new Array(Math.max(0, textStart.length - 1))
  const text = (at: number): string => {
    let value = texts[at]
    if (value === undefined) {
      const [from, to] = [textStart[at], textStart[at + 1]]
      if (from === undefined || to === undefined || from > to || to > textBytes.length) {
        throw new CompiledCellError('structure', `it has no text ${at}`)
      }
      value = Buffer.from(buffer as ArrayBuffer, textBytes.byteOffset + from, to - from).toString('utf8')
      texts[at] = value
    }
    return value
  }
  const fields = column('header', Float64Array)
  if (fields.length !== HEADER_FIELDS.length || !fields.every(Number.isFinite)) {
    throw new CompiledCellError('structure', 'its header has other fields')
  }
  const field = (name: (typeof HEADER_FIELDS)[number]): number => fields[HEADER_FIELDS.indexOf(name)]!
  const textOrNull = (at: number): string | null => (at === NOWHERE ? null : text(at))
  const header: CompiledHeader = {
    name: text(field('name')),
    edition: field('edition'),
    update: field('update'),
    issueDate: textOrNull(field('issueDate')),
    updateDate: textOrNull(field('updateDate')),
    producer: field('producer'),
    usageBand: field('usageBand'),
    compilationScale: field('compilationScale'),
    nativeZoom: field('nativeZoom'),
    minX: field('minX'),
    minY: field('minY'),
    maxX: field('maxX'),
    maxY: field('maxY'),
  }
  const objectClass = column('objectClass', Uint16Array)
  const lightFeature = column('lightFeature', Uint32Array)
  const cell: CompiledCell = {
    header,
    byteLength: buffer.byteLength,
    featureCount: objectClass.length,
    objectClass,
    primitive: column('primitive', Uint8Array),
    featureFlags: column('featureFlags', Uint8Array),
    minZoom: column('minZoom', Float32Array),
    agency: column('agency', Uint16Array),
    featureId: column('featureId', Uint32Array),
    featureSubdivision: column('featureSubdivision', Uint16Array),
    featureBox: column('featureBox', Int32Array),
    ownDepth: column('ownDepth', Int32Array),
    besideDepth: column('besideDepth', Int32Array),
    dangerClass: column('dangerClass', Uint8Array),
    pointStart: column('pointStart', Uint32Array),
    pointXY: column('pointXY', Int32Array),
    pointDepth: column('pointDepth', Int32Array),
    pointZoom: column('pointZoom', Uint8Array),
    partStart: column('partStart', Uint32Array),
    coverageParts: [field('coverageStart'), field('coverageEnd')],
    partKind: column('partKind', Uint8Array),
    partZoom: column('partZoom', Uint8Array),
    partArcStart: column('partArcStart', Uint32Array),
    partArcs: column('partArcs', Uint32Array),
    arcStart: column('arcStart', Uint32Array),
    arcBox: column('arcBox', Int32Array),
    arcFlags: column('arcFlags', Uint8Array),
    vertexXY: column('vertexXY', Int32Array),
    vertexZoom: column('vertexZoom', Uint8Array),
    attributeStart: column('attributeStart', Uint32Array),
    attributeKey: column('attributeKey', Uint32Array),
    attributeValue: column('attributeValue', Uint32Array),
    valueKind: column('valueKind', Uint8Array),
    valueNumber: column('valueNumber', Float64Array),
    valueText: column('valueText', Uint32Array),
    referenceStart: column('referenceStart', Uint32Array),
    referenceTarget: column('referenceTarget', Uint32Array),
    referenceRelation: column('referenceRelation', Uint8Array),
    lights: {
      count: lightFeature.length,
      feature: lightFeature,
      kind: column('lightKind', Uint8Array),
      from: column('lightFrom', Float32Array),
      to: column('lightTo', Float32Array),
      range: column('lightRange', Float32Array),
      colour: column('lightColour', Uint8Array),
      faint: column('lightFaint', Uint8Array),
      ring: column('lightRing', Uint8Array),
    },
    featureIndex: index('featureIndex'),
    indexedFeatures: column('indexedFeatures', Uint32Array),
    soundingIndex: index('soundingIndex'),
    indexedPoints: column('indexedPoints', Uint32Array),
    indexedPointFeature: column('indexedPointFeature', Uint32Array),
    text,
  }
  if (verify) checkStructure(cell, textStart, textBytes.length)
  return cell
}
