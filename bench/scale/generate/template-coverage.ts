import { boxRing } from '#demo/cell-features.ts'
import { cutBands } from '#demo/height-bands.ts'
import type { Position } from '#s57/geometry.ts'
import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { type CoverageKind, coverageField, type Field, sampleField } from './template-fields.ts'

/** Corners of the grid that an outline is drawn on: it gets some 60 to 400 vertices. */
const OUTLINE_GRID = { smallest: 24, largest: 72 }

/** The covered ground of a template. */
export interface TemplateCoverage {
  /** M_COVR: CATCOV 1 for the covered ground, CATCOV 2 for the rest of the box. Together they tile it. */
  features: FeatureSpec[]
  /** Polygons with holes of the covered ground; rings closed, the outer ones counter-clockwise. */
  polygons: Position[][][]
  isCovered: Field
}

/**
 * The coverage of a template with a box of `side` degrees from [0, 0]. All but boxes have an outline of many vertices,
 * several parts or holes, and the ground outside it is CATCOV 2, as in NOAA's older cells.
 */
export function templateCoverage(kind: CoverageKind, side: number, seed: number): TemplateCoverage {
  const field = coverageField(kind, seed)
  const covered = (coordinates: Position[][], category: 1 | 2): FeatureSpec => {
    return { objectClass: 'M_COVR', attributes: { CATCOV: category }, geometry: { type: 'Polygon', coordinates } }
  }
  if (field === null) {
    const ring = boxRing([0, 0, side, side])
    return { features: [covered([ring], 1)], polygons: [[ring]], isCovered: () => 1 }
  }
  const { smallest, largest } = OUTLINE_GRID
  const count = smallest + ((seed >>> 3) % (largest - smallest))
  const bands = cutBands(sampleField(field, count, side, [0]), [0])
  const outside = bands[0]?.polygons ?? []
  const inside = bands[1]?.polygons ?? []
  if (inside.length === 0) throw new Error(`a coverage of kind ${kind}, seed ${seed}, is empty`)
  return {
    features: [...inside.map((polygon) => covered(polygon, 1)), ...outside.map((polygon) => covered(polygon, 2))],
    polygons: inside,
    isCovered: field,
  }
}
