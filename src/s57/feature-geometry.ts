import { buildArea } from './area-geometry.ts'
import type { AttributeDecoder } from './attributes.ts'
import type { CellStore } from './cell-store.ts'
import { EdgeChains } from './edge-chains.ts'
import { buildLine } from './line-geometry.ts'
import type { PackedGeometry } from './packed-geometry.ts'
import { buildPoints } from './point-geometry.ts'
import { createPositionBuffer } from './position-buffer.ts'
import type { FeatureRecord } from './records.ts'
import { SpatialPointers } from './spatial-pointers.ts'
import type { WorkBudget } from './work-budget.ts'

/** Turns the pointers of features into geometry. */
export interface GeometryAssembler {
  /**
   * The geometry of one feature in degrees, or null when it has none or none can be assembled. Faults go to `warn`. Throws S57Error
   * when the budget is used up.
   */
  assemble(feature: FeatureRecord, budget: WorkBudget, warn: (message: string) => void): PackedGeometry | null
}

/** Creates an assembler for the records of a cell. `coordinateFactor` and `soundingFactor` are COMF and SOMF. */
export function createGeometryAssembler(
  store: CellStore,
  factors: { coordinateFactor: number; soundingFactor: number },
  decoder: AttributeDecoder,
): GeometryAssembler {
  const { coordinateFactor } = factors
  const buffer = createPositionBuffer()
  const pointers = new SpatialPointers(store)
  const edges = new EdgeChains(store, pointers, decoder)
  return {
    assemble({ spatial, primitive }, budget, warn) {
      if (spatial === null || spatial.count === 0 || primitive === 255) return null
      pointers.beginFeature()
      budget.spend(spatial.count)
      switch (primitive) {
        case 1:
          return buildPoints(spatial, pointers, factors, budget, warn)
        case 2:
          return buildLine(edges.collect(spatial, budget, warn), coordinateFactor, buffer, warn)
        case 3:
          return buildArea(edges.collect(spatial, budget, warn), coordinateFactor, buffer, budget, warn)
        default:
          warn(`the geometric primitive is ${primitive}; 1, 2, 3 and 255 are defined`)
          return null
      }
    },
  }
}
