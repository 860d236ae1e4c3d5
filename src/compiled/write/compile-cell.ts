import type { Cell, Feature } from '#s57/cell.ts'
import { fromGeoJson } from '#s57/packed-geometry.ts'
import { drawnAttributes, drawnClassName, ORIGINAL_KEY } from '../format/catalogue-lookup.ts'
import { NO_DEPTH } from '../format/compiled-cell.ts'
import { cellSections } from './cell-sections.ts'
import { coveredPolygons, groundPolygons } from './covered-polygons.ts'
import { depthBoundaries } from './depth-boundaries.ts'
import { boundaryRow, type FeatureRow } from './feature-rows.ts'
import { createGeometryCollector, type GeometryCollector } from './geometry-collector.ts'
import { isGroupOneArea } from './group-one.ts'
import { stretchUseOf } from './stretch-use.ts'
import { buildTopology } from './topology.ts'
import { writeSections } from './write-sections.ts'

/** Compiles a cell whose features arrive one at a time; none of them is read twice. */
export interface CellCompiler {
  add(feature: Feature): void
  /** Returns the bytes of the file; the same cell gives the same bytes. Call it once, after the last feature. */
  finish(): Uint8Array
}

/** Returns the compiled cell of a cell as the bytes of its file (docs/compiled-cell.md). @throws S57Error as `Cell.features` does. */
export function compileCell(cell: Cell): Uint8Array {
  const compiler = createCellCompiler(cell)
  for (const feature of cell.features()) compiler.add(feature)
  return compiler.finish()
}

export function createCellCompiler(cell: Cell): CellCompiler {
  const collector = createGeometryCollector(NO_DEPTH)
  const rows: FeatureRow[] = []
  const coverageAreas: Feature[] = []
  /** Only needed while the cell has no coverage. */
  let groupOne: Feature[] = []
  let hasCoverage = false

  return {
    add(feature) {
      if (feature.acronym === 'M_COVR') {
        coverageAreas.push(feature)
        hasCoverage ||= coveredPolygons([feature]).polygons.length > 0
        if (hasCoverage) groupOne = []
      } else if (!hasCoverage && isGroupOneArea(feature)) groupOne.push(feature)
      rows.push(collectRow(feature, collector))
    },
    finish() {
      const coveragePath = collector.pathCount()
      addCoverage(collector, coverageAreas, groupOne)
      const topology = buildTopology(collector)
      const use = stretchUseOf(topology, rows, [coveragePath, collector.pathCount()])
      for (const boundary of depthBoundaries(use)) rows.push(boundaryRow(boundary))
      // The sort is stable: features of one class stay in the order of the file.
      rows.sort((a, b) => a.objectClass - b.objectClass)
      return writeSections(cellSections(cell, { rows, collector, topology, use, coveragePath }))
    },
  }
}

/** Adds the geometry of a feature to the collector and returns the rest of it as a row. */
function collectRow(feature: Feature, collector: GeometryCollector): FeatureRow {
  const { objectClass, acronym, primitive, agency, featureId, featureSubdivision } = feature
  const { nationalAttributes, references, isInaccuratePoint } = feature
  const attributes = withOriginal(feature)
  const firstPath = collector.pathCount()
  const firstPoint = collector.pointCount()
  collector.add(feature.geometry)
  return {
    ...{
      objectClass,
      acronym: drawnClassName(acronym),
      primitive,
      agency,
      featureId,
      featureSubdivision,
      attributes: drawnAttributes(attributes),
      nationalAttributes,
      references,
      isInaccuratePoint,
    },
    ...{ firstPath, endPath: collector.pathCount(), firstPoint, endPoint: collector.pointCount() },
    boundary: null,
  }
}

/** The attributes, and the feature in the terms of S-101 when it has any. */
function withOriginal({ attributes, original }: Feature): ReadonlyMap<string, string> {
  return original === undefined ? attributes : new Map([...attributes, [ORIGINAL_KEY, original.toJson()]])
}

/** Adds the coverage as the last paths. A cell without M_COVR covers the ground of its group 1 areas only. */
function addCoverage(collector: GeometryCollector, coverageAreas: readonly Feature[], groupOne: readonly Feature[]): void {
  const { polygons } = coveredPolygons(coverageAreas)
  for (const polygon of polygons.length > 0 ? polygons : groundPolygons(groupOne)) {
    collector.add(fromGeoJson({ type: 'Polygon', coordinates: polygon as number[][][] }))
  }
  collector.unroll()
}
