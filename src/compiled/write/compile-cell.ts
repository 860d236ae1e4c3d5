import { scaleOrUsual, zoomOfScale } from '#geo/scale.ts'
import { latitudeOfY } from '#geo/world.ts'
import type { Cell, Feature } from '#s57/cell.ts'
import { fromGeoJson } from '#s57/packed-geometry.ts'
import { NO_DEPTH, NOWHERE } from '../format/compiled-cell.ts'
import { HEADER_FIELDS, type SectionName } from '../format/compiled-format.ts'
import { arcColumns } from './arc-columns.ts'
import { createAttributeColumns } from './attribute-columns.ts'
import { boxAround } from './cell-box.ts'
import { coveredPolygons } from './covered-polygons.ts'
import { depthColumns } from './depth-columns.ts'
import { createStretchUse, depthBoundaries, type StretchUse, useAsDepthArea } from './depth-lines.ts'
import { featureColumns } from './feature-columns.ts'
import { boundaryRow, depthOfArea, type FeatureRow } from './feature-rows.ts'
import { createGeometryCollector } from './geometry-collector.ts'
import { indexSections } from './index-sections.ts'
import { lightRows, lightSections } from './light-sections.ts'
import { partColumns } from './part-columns.ts'
import { pointColumns } from './point-columns.ts'
import { referenceColumns } from './reference-columns.ts'
import { createTextTable } from './text-table.ts'
import { buildTopology, type Topology } from './topology.ts'
import { writeSections } from './write-sections.ts'

/** Makes the compiled cell of a cell whose features pass by one at a time: none of them is needed twice. */
export interface CellCompiler {
  add(feature: Feature): void
  /** The bytes of the file; the same cell gives the same bytes. To be called once, after the last feature. */
  finish(): Uint8Array
}

/** The compiled cell of a cell (docs/compiled-cell.md). @throws S57Error as `Cell.features` does. */
export function compileCell(cell: Cell): Uint8Array {
  const compiler = createCellCompiler(cell)
  for (const feature of cell.features()) compiler.add(feature)
  return compiler.finish()
}

export function createCellCompiler(cell: Cell): CellCompiler {
  const collector = createGeometryCollector(NO_DEPTH)
  const rows: FeatureRow[] = []
  const coverageAreas: Feature[] = []

  function add(feature: Feature): void {
    if (feature.acronym === 'M_COVR') coverageAreas.push(feature)
    const firstPath = collector.paths
    const firstPoint = collector.points
    collector.add(feature.geometry)
    const { objectClass, acronym, primitive, agency, featureId, featureSubdivision } = feature
    const { attributes, nationalAttributes, references } = feature
    rows.push({
      ...{ objectClass, acronym, primitive, agency, featureId, featureSubdivision, attributes, nationalAttributes, references },
      ...{ firstPath, endPath: collector.paths, firstPoint, endPoint: collector.points },
      boundary: null,
    })
  }

  function finish(): Uint8Array {
    const coveragePath = collector.paths
    for (const polygon of coveredPolygons(coverageAreas).polygons) {
      collector.add(fromGeoJson({ type: 'Polygon', coordinates: polygon as number[][][] }))
    }
    collector.unroll()
    if (collector.paths === coveragePath) addExtent()

    const topology = buildTopology(collector)
    const use = noteUses(topology, coveragePath)
    for (const boundary of depthBoundaries(use)) rows.push(boundaryRow(boundary))
    // The sort is stable: within a class the order of the file stays.
    rows.sort((a, b) => a.objectClass - b.objectClass)

    const box = boxAround(collector, [0, collector.paths], [0, collector.points])
    const latitude = latitudeOfY((box[1] + box[3]) / 2)
    const compilationScale = scaleOrUsual(cell.compilationScale, cell.usageBand)
    const nativeZoom = zoomOfScale(compilationScale, latitude)

    const texts = createTextTable()
    const textOrNone = (text: string | null) => (text === null ? NOWHERE : texts.indexOf(text))
    const arcs = arcColumns(topology, use.limit)
    const parts = partColumns(rows, collector, topology, arcs, coveragePath)
    const points = pointColumns(rows, collector, nativeZoom)
    const lights = lightRows(rows, points)
    const columns = featureColumns(rows, { arcs, parts, points, lights }, compilationScale, latitude)
    const attributes = createAttributeColumns(texts)
    for (const row of rows) attributes.add(row.attributes, row.nationalAttributes)
    const attributeSections = attributes.sections()
    const depths = depthColumns(rows, collector)
    const references = referenceColumns(rows)
    const fields: Record<(typeof HEADER_FIELDS)[number], number> = {
      name: texts.indexOf(cell.name),
      edition: cell.edition,
      update: cell.updateNumber,
      issueDate: textOrNone(cell.issueDate),
      updateDate: textOrNone(cell.updateApplicationDate),
      producer: cell.producer,
      usageBand: cell.usageBand,
      compilationScale,
      nativeZoom,
      minX: box[0],
      minY: box[1],
      maxX: box[2],
      maxY: box[3],
      coverageStart: parts.coverage[0],
      coverageEnd: parts.coverage[1],
    }
    const text = texts.sections()
    const sections: [SectionName, ArrayBufferView][] = [
      ['header', Float64Array.from(HEADER_FIELDS, (name) => fields[name])],
      ['texts', text.bytes],
      ['textStart', text.starts],
      ...columns.sections,
      ['ownDepth', depths.own],
      ['besideDepth', depths.beside],
      ['dangerClass', depths.dangerClass],
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
      ['attributeStart', attributeSections.starts],
      ['attributeKey', attributeSections.keys],
      ['attributeValue', attributeSections.values],
      ['valueKind', attributeSections.kinds],
      ['valueNumber', attributeSections.numbers],
      ['valueText', attributeSections.texts],
      ['referenceStart', references.starts],
      ['referenceTarget', references.targets],
      ['referenceRelation', references.relations],
      ...lightSections(lights),
      ...indexSections(rows, columns.boxes, points),
    ]
    return writeSections(sections)
  }

  /** A cell that does not say what it covers covers the box around its features. */
  function addExtent(): void {
    const [minX, minY, maxX, maxY] = boxAround(collector, [0, collector.paths], [0, collector.points])
    if (minX <= maxX) collector.addBox([minX, minY, Math.max(maxX, minX + 1), Math.max(maxY, minY + 1)])
  }

  function noteUses(topology: Topology, coveragePath: number): StretchUse {
    const use = createStretchUse(topology)
    const stretchesOf = (first: number, end: number) =>
      topology.pathStretches.subarray(topology.pathStart[first], topology.pathStart[end])
    for (const reference of stretchesOf(coveragePath, collector.paths)) use.limit[reference >> 1] = 1
    for (const row of rows) {
      if (row.acronym === 'DEPCNT') {
        for (const reference of stretchesOf(row.firstPath, row.endPath)) use.contour[reference >> 1] = 1
        continue
      }
      const depth = depthOfArea(row)
      if (depth !== null) {
        for (const reference of stretchesOf(row.firstPath, row.endPath)) useAsDepthArea(use, reference >> 1, depth)
      }
    }
    return use
  }

  return { add, finish }
}
