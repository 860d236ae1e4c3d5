import type Flatbush from 'flatbush'
import type { CompiledCell, LightColumns } from '../format/compiled-cell.ts'
import { CompiledCellError } from '../format/compiled-cell-error.ts'
import { SECTION, type SectionName } from '../format/compiled-format.ts'
import { checkStructure } from './check-structure.ts'
import { coverageParts, openHeader } from './open-header.ts'
import { openIndex } from './open-index.ts'
import { openTexts } from './open-texts.ts'
import { readSections } from './read-sections.ts'

interface ColumnType<T> {
  new (buffer: ArrayBufferLike, offset: number, length: number): T
  readonly BYTES_PER_ELEMENT: number
}

type OpenColumn = <T>(name: SectionName, type: ColumnType<T>) => T

/**
 * Opens a compiled cell in place: nothing is copied, so every thread may open the same SharedArrayBuffer.
 *
 * @param file exactly its bytes; in larger memory they begin at a multiple of eight.
 * @param options.verify false for a buffer that was verified before, such as one from the cell cache.
 * @throws CompiledCellError for a truncated file, another format version, a wrong checksum or inconsistent columns.
 */
export function openCompiledCell(file: ArrayBufferLike | Uint8Array, options: { verify?: boolean } = {}): CompiledCell {
  const verify = options.verify ?? true
  const bytes = file instanceof Uint8Array ? file : new Uint8Array(file)
  const { buffer, byteOffset } = bytes
  const table = readSections(bytes, verify)
  const column: OpenColumn = (name, type) => {
    const row = table.get(SECTION[name])
    if (row === undefined || row.elementBytes !== type.BYTES_PER_ELEMENT) {
      throw new CompiledCellError('structure', `its section ${SECTION[name]} (${name}) is missing or of another type`)
    }
    return new type(buffer, byteOffset + row.offset, row.bytes / row.elementBytes)
  }
  const index = (name: SectionName): Flatbush | null => {
    const row = table.get(SECTION[name])
    return row === undefined || row.bytes === 0
      ? null
      : openIndex(name, buffer, { offset: byteOffset + row.offset, bytes: row.bytes }, verify)
  }
  const textBytes = column('texts', Uint8Array)
  const textStart = column('textStart', Uint32Array)
  const text = openTexts(textBytes, textStart)
  const fields = column('header', Float64Array)
  const header = openHeader(fields, text)
  const objectClass = column('objectClass', Uint16Array)
  const cell: CompiledCell = {
    header,
    byteLength: bytes.byteLength,
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
    derivedStart: column('derivedStart', Uint32Array),
    derivedKey: column('derivedKey', Uint32Array),
    derivedValue: column('derivedValue', Uint32Array),
    pointStart: column('pointStart', Uint32Array),
    pointXY: column('pointXY', Int32Array),
    pointDepth: column('pointDepth', Int32Array),
    pointZoom: column('pointZoom', Uint8Array),
    partStart: column('partStart', Uint32Array),
    coverageParts: coverageParts(fields),
    partKind: column('partKind', Uint8Array),
    partZoom: column('partZoom', Uint8Array),
    partArcStart: column('partArcStart', Uint32Array),
    partArcs: column('partArcs', Uint32Array),
    arcStart: column('arcStart', Uint32Array),
    arcBox: column('arcBox', Int32Array),
    arcFlags: column('arcFlags', Uint8Array),
    vertexXY: column('vertexXY', Int32Array),
    vertexZoom: column('vertexZoom', Uint8Array),
    runStart: column('runStart', Uint32Array),
    runPart: column('runPart', Uint32Array),
    runFlags: column('runFlags', Uint8Array),
    runShallow: column('runShallow', Int32Array),
    runDeep: column('runDeep', Int32Array),
    areaSide: column('areaSide', Float32Array),
    anchorStart: column('anchorStart', Uint32Array),
    anchorXY: column('anchorXY', Int32Array),
    anchorZoom: column('anchorZoom', Uint8Array),
    attributeStart: column('attributeStart', Uint32Array),
    attributeKey: column('attributeKey', Uint32Array),
    attributeValue: column('attributeValue', Uint32Array),
    valueKind: column('valueKind', Uint8Array),
    valueNumber: column('valueNumber', Float64Array),
    valueText: column('valueText', Uint32Array),
    referenceStart: column('referenceStart', Uint32Array),
    referenceTarget: column('referenceTarget', Uint32Array),
    referenceRelation: column('referenceRelation', Uint8Array),
    lights: lightColumns(column),
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

function lightColumns(column: OpenColumn): LightColumns {
  const feature = column('lightFeature', Uint32Array)
  return {
    count: feature.length,
    feature,
    kind: column('lightKind', Uint8Array),
    from: column('lightFrom', Float32Array),
    to: column('lightTo', Float32Array),
    range: column('lightRange', Float32Array),
    colour: column('lightColour', Uint8Array),
    faint: column('lightFaint', Uint8Array),
    ring: column('lightRing', Uint8Array),
  }
}
