import { type CompiledCell, NOWHERE } from '../format/compiled-cell.ts'
import { CompiledCellError } from '../format/compiled-cell-error.ts'

// The checksum detects accidental damage; this detects a file that was written wrong. Readers follow the numbers of an opened cell
// unchecked, so an index outside its column could start a loop of billions.

type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array

/**
 * Checks that every list of a cell lies within its column and that every index points at an entry, in one pass over the columns.
 *
 * @param textStart where each text begins in `textBytes` bytes, and where the last one ends.
 * @throws CompiledCellError `structure`, naming the column.
 */
export function checkStructure(cell: CompiledCell, textStart: Uint32Array, textBytes: number): void {
  const { featureCount: features, lights } = cell
  const texts = textStart.length - 1
  starts('textStart', textStart, texts, textBytes)

  lengths(features, {
    primitive: cell.primitive,
    featureFlags: cell.featureFlags,
    minZoom: cell.minZoom,
    agency: cell.agency,
    featureId: cell.featureId,
    featureSubdivision: cell.featureSubdivision,
    ownDepth: cell.ownDepth,
    besideDepth: cell.besideDepth,
    dangerClass: cell.dangerClass,
  })
  lengths(features * 4, { featureBox: cell.featureBox })

  const points = cell.pointDepth.length
  starts('pointStart', cell.pointStart, features, points)
  lengths(points * 2, { pointXY: cell.pointXY })
  lengths(points, { pointZoom: cell.pointZoom })

  const parts = cell.partKind.length
  const [from, to] = cell.coverageParts
  // The parts of the coverage come after those of the features.
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from <= to && to <= parts)) wrong('coverage')
  starts('partStart', cell.partStart, features, null)
  indices('partStart', cell.partStart, parts + 1)
  lengths(parts, { partZoom: cell.partZoom })
  starts('partArcStart', cell.partArcStart, parts, cell.partArcs.length)
  const arcs = cell.arcFlags.length
  indices('partArcs', cell.partArcs, arcs * 2)
  lengths(arcs * 4, { arcBox: cell.arcBox })
  const vertices = cell.vertexZoom.length
  starts('arcStart', cell.arcStart, arcs, vertices)
  // `readPart` needs the ends of an arc.
  for (let i = 0; i < arcs; i++) if (cell.arcStart[i] === cell.arcStart[i + 1]) wrong('arcStart')
  lengths(vertices * 2, { vertexXY: cell.vertexXY })

  const runs = cell.runPart.length
  starts('runStart', cell.runStart, features, runs)
  indices('runPart', cell.runPart, parts)
  lengths(runs, { runFlags: cell.runFlags, runShallow: cell.runShallow, runDeep: cell.runDeep })
  lengths(features, { areaSide: cell.areaSide })
  if (cell.areaSide.some((side) => !(side >= 0 && side < 2 ** 32))) wrong('areaSide')
  const anchors = cell.anchorZoom.length
  starts('anchorStart', cell.anchorStart, features, anchors)
  lengths(anchors * 2, { anchorXY: cell.anchorXY })

  starts('attributeStart', cell.attributeStart, features, cell.attributeKey.length)
  lengths(cell.attributeKey.length, { attributeValue: cell.attributeValue })
  indices('attributeKey', cell.attributeKey, texts)
  const values = cell.valueKind.length
  indices('attributeValue', cell.attributeValue, values)
  lengths(values, { valueNumber: cell.valueNumber, valueText: cell.valueText })
  indices('valueText', cell.valueText, texts)

  starts('derivedStart', cell.derivedStart, features, cell.derivedKey.length)
  lengths(cell.derivedKey.length, { derivedValue: cell.derivedValue })
  indices('derivedKey', cell.derivedKey, texts)
  indices('derivedValue', cell.derivedValue, values)

  starts('referenceStart', cell.referenceStart, features, cell.referenceTarget.length)
  lengths(cell.referenceTarget.length, { referenceRelation: cell.referenceRelation })
  indices('referenceTarget', cell.referenceTarget, features, NOWHERE)

  const { count, feature, from: lightFrom, to: lightTo, range, ...rest } = lights
  lengths(count, { lightFrom, lightTo, lightRange: range, ...rest })
  indices('lightFeature', feature, features)
  // NaN means that the file has no range.
  if (range.some((miles) => Math.abs(miles) > 1e6)) wrong('lightRange')
  for (const bearings of [lightFrom, lightTo]) if (bearings.some((degrees) => Math.abs(degrees) > 1_080)) wrong('lightFrom')
  // A light is drawn at the first point of its feature.
  for (const each of feature) if (cell.pointStart[each] === cell.pointStart[each + 1]) wrong('lightFeature')

  if ((cell.featureIndex?.numItems ?? 0) !== cell.indexedFeatures.length) wrong('indexedFeatures')
  indices('indexedFeatures', cell.indexedFeatures, features)
  if ((cell.soundingIndex?.numItems ?? 0) !== cell.indexedPoints.length) wrong('indexedPoints')
  indices('indexedPoints', cell.indexedPoints, points)
  lengths(cell.indexedPoints.length, { indexedPointFeature: cell.indexedPointFeature })
  indices('indexedPointFeature', cell.indexedPointFeature, features)
}

/** Checks a column of starts: one entry more than owners, from 0, never falling, up to `end` (null for any end). */
function starts(name: string, column: Uint32Array, owners: number, end: number | null): void {
  if (owners < 0 || column.length !== owners + 1 || column[0] !== 0) wrong(name)
  for (let i = 1; i < column.length; i++) if (column[i]! < column[i - 1]!) wrong(name)
  if (end !== null && column[owners] !== end) wrong(name)
}

/** Checks that every number is below `limit`, or `nothing`. */
function indices(name: string, column: Numbers, limit: number, nothing: number | null = null): void {
  for (let i = 0; i < column.length; i++) if (column[i]! >= limit && column[i] !== nothing) wrong(name)
}

function lengths(length: number, columns: Readonly<Record<string, Numbers>>): void {
  for (const [name, column] of Object.entries(columns)) if (column.length !== length) wrong(name)
}

function wrong(column: string): never {
  throw new CompiledCellError('structure', `its column ${column} points outside the file's data`)
}
