import { scaleOrUsual, zoomOfScale } from '#geo/scale.ts'
import { latitudeOfY } from '#geo/world.ts'
import type { Cell } from '#s57/cell.ts'
import type { SectionName } from '../format/compiled-format.ts'
import { anchorColumns } from './anchor-columns.ts'
import { type ArcColumns, arcColumns } from './arc-columns.ts'
import { attributeColumns } from './attribute-columns.ts'
import { boxAround } from './cell-box.ts'
import { depthColumns } from './depth-columns.ts'
import { deriveProperties } from './derive-properties.ts'
import { derivedColumns } from './derived-columns.ts'
import { featureColumns } from './feature-columns.ts'
import type { FeatureRow } from './feature-rows.ts'
import type { GeometryCollector } from './geometry-collector.ts'
import { headerSection } from './header-section.ts'
import { indexSections } from './index-sections.ts'
import { lightRows, lightSections } from './light-sections.ts'
import { type PartColumns, partColumns } from './part-columns.ts'
import { type PointColumns, pointColumns } from './point-columns.ts'
import { referenceColumns } from './reference-columns.ts'
import { createRunFinder } from './stretch-runs.ts'
import type { StretchUse } from './stretch-use.ts'
import { createTextTable } from './text-table.ts'
import type { Topology } from './topology.ts'
import { createValueTable } from './value-table.ts'

/** What the compiler knows of a cell once all features have arrived. */
export interface CollectedCell {
  /** In the order of the file to be written; depth boundaries included. */
  rows: readonly FeatureRow[]
  collector: GeometryCollector
  topology: Topology
  use: StretchUse
  /** The paths from here on are the coverage. */
  coveragePath: number
}

type Section = [SectionName, ArrayBufferView]

/** Builds the sections of a compiled cell in the order in which they lie in the file. */
export function cellSections(cell: Cell, { rows, collector, topology, use, coveragePath }: CollectedCell): Section[] {
  const box = boxAround(collector, [0, collector.pathCount()], [0, collector.pointCount()])
  const latitude = latitudeOfY((box[1] + box[3]) / 2)
  const compilationScale = scaleOrUsual(cell.compilationScale, cell.usageBand)
  const nativeZoom = zoomOfScale(compilationScale, latitude)

  const arcs = arcColumns(topology, use.limit)
  const parts = partColumns(rows, collector, topology, arcs, coveragePath, createRunFinder(topology, use, collector))
  const points = pointColumns(rows, collector, nativeZoom)
  const lights = lightRows(rows, points)
  const columns = featureColumns(rows, { arcs, parts, points, lights }, compilationScale, latitude)
  const depths = depthColumns(rows, collector)
  const references = referenceColumns(rows)
  // The tables number texts and values in the order of first use, which the bytes of the file depend on.
  const texts = createTextTable()
  const values = createValueTable(texts)
  const attributes = attributeColumns(rows, texts, values)
  const derived = derivedColumns(deriveProperties(rows, collector, depths.shallowest), texts, values)
  const value = values.sections()
  const header = headerSection(cell, { texts, compilationScale, nativeZoom, box, coverage: parts.coverage })
  const text = texts.sections()
  return [
    ['header', header],
    ['texts', text.bytes],
    ['textStart', text.starts],
    ...columns.sections,
    ['ownDepth', depths.own],
    ['besideDepth', depths.beside],
    ['dangerClass', depths.dangerClass],
    ...derived,
    ...geometrySections(points, parts, arcs),
    ...parts.runs.sections(),
    ...anchorColumns(rows, collector, nativeZoom),
    ['attributeStart', attributes.starts],
    ['attributeKey', attributes.keys],
    ['attributeValue', attributes.values],
    ['valueKind', value.kinds],
    ['valueNumber', value.numbers],
    ['valueText', value.texts],
    ['referenceStart', references.starts],
    ['referenceTarget', references.targets],
    ['referenceRelation', references.relations],
    ...lightSections(lights),
    ...indexSections(rows, columns.boxes, points),
  ]
}

function geometrySections(points: PointColumns, parts: PartColumns, arcs: ArcColumns): Section[] {
  return [
    ['pointStart', points.starts],
    ['pointXY', points.xy],
    ['pointDepth', points.depths],
    ['pointZoom', points.zooms],
    ['partStart', parts.starts],
    ['partKind', parts.kinds],
    ['partZoom', parts.zooms],
    ['partArcStart', parts.arcStarts],
    ['partArcs', parts.arcs],
    ['arcStart', arcs.starts],
    ['arcBox', arcs.boxes],
    ['arcFlags', arcs.flags],
    ['vertexXY', arcs.xy],
    ['vertexZoom', arcs.zooms],
  ]
}
