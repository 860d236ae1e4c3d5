import { buildArea } from '#s57/area-geometry.ts'
import { buildLine } from '#s57/line-geometry.ts'
import type { PackedGeometry } from '#s57/packed-geometry.ts'
import { createPositionBuffer } from '#s57/position-buffer.ts'
import { type Assembly, CurveChains } from './curve-chains.ts'
import type { DatasetFactors } from './dataset-header.ts'
import type { DatasetStore } from './dataset-store.ts'
import { buildPoints } from './point-geometry.ts'
import type { PositionQuality } from './position-quality.ts'
import { COMPOSITE_CURVE, CURVE, type FeatureRecord, MULTIPOINT, POINT, recordName, SPAS_WIDTH, SURFACE } from './records.ts'

/** ORNT of a curve that is walked from its end. */
const REVERSE = 2
/** USAG that curves of lines have. */
const LINE = 255

/** What the spatial associations of a feature point to. */
export type Primitive = 'point' | 'line' | 'area' | 'none'

export interface GeometryAssembler {
  /** Null, with a warning, when nothing usable is found; null without one for features without spatial association. */
  assemble(record: FeatureRecord, assembly: Assembly): PackedGeometry | null
}

/** The primitive of a feature, by its first spatial association. */
export function primitiveOf({ spatial }: FeatureRecord): Primitive {
  if (spatial === null || spatial.count === 0) return 'none'
  switch (spatial.view.getUint8(spatial.start)) {
    case POINT:
    case MULTIPOINT:
      return 'point'
    case CURVE:
    case COMPOSITE_CURVE:
      return 'line'
    case SURFACE:
      return 'area'
    default:
      return 'none'
  }
}

/** Assembles geometry from the records of a dataset; lines and rings are those of S-57 once the curves are collected. */
export function createGeometryAssembler(
  store: DatasetStore,
  factors: DatasetFactors,
  quality: PositionQuality,
): GeometryAssembler {
  const { coordinateFactor } = factors
  const buffer = createPositionBuffer()
  const curves = new CurveChains(store, quality)

  function collect({ spatial, masks }: FeatureRecord, assembly: Assembly): void {
    curves.begin(masks, assembly)
    for (let i = 0; i < spatial!.count; i++) {
      const at = spatial!.start + i * SPAS_WIDTH
      const { view } = spatial!
      const kind = view.getUint8(at)
      const id = view.getUint32(at + 1, true)
      if (kind !== SURFACE) {
        curves.addCurve(kind, id, view.getUint8(at + 5) === REVERSE, LINE)
        continue
      }
      const surface = store.spatial.get(SURFACE)?.get(id)
      if (surface === undefined) assembly.warn(`${recordName(kind, id)} is missing`)
      else curves.addSurface(surface)
    }
  }

  return {
    assemble(record, assembly) {
      const { budget, warn } = assembly
      const { spatial, masks } = record
      if (spatial === null || spatial.count === 0) return null
      budget.spend(spatial.count + (masks?.count ?? 0))
      switch (primitiveOf(record)) {
        case 'point':
          return buildPoints(store, spatial, factors, buffer, budget, warn)
        case 'line':
          collect(record, assembly)
          return buildLine(curves.chains, coordinateFactor, buffer, warn)
        case 'area':
          collect(record, assembly)
          return buildArea(curves.chains, coordinateFactor, buffer, budget, warn)
        case 'none':
          warn(
            `it points to ${recordName(spatial.view.getUint8(spatial.start), spatial.view.getUint32(spatial.start + 1, true))}`,
          )
          return null
      }
    },
  }
}
