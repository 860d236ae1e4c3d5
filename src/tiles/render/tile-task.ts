import type { LandRings } from '../basemap/load-land.ts'
import type { PlannedPlace } from '../plan/divide-ground.ts'
import type { PackedOutlines } from '../plan/packed-outlines.ts'
import type { PlanGround } from '../plan/plan-ground.ts'
import type { BesideFiner } from '../products/product.ts'
import type { FactsOf, ProductName, RequestOf } from '../products/product-table.ts'

// Messages to and from the worker threads. Everything large lies in shared memory.

/** The file of a compiled cell; its checksum has been verified. */
export interface CellBuffer {
  /** Names the content: threads keep opened cells by it. */
  key: string
  /** Holds until the task has ended. */
  bytes: Uint8Array<SharedArrayBuffer>
}

/** Divide ground among cells, whose outlines come in the order of their claim. */
export interface PlanTask {
  kind: 'plan'
  ground: PlanGround
  outlines: PackedOutlines
  stop: Int32Array
}

/** Make a product of cells, which come in the order of their claim. */
export interface MakeTask<N extends ProductName = ProductName> {
  kind: 'make'
  product: N
  request: RequestOf<N>
  facts: FactsOf<N>
  cells: CellBuffer[]
  /** As in `Ingredients`. */
  besideFiner?: BesideFiner
  stop: Int32Array
}

export type TileTask = PlanTask | MakeTask

export type TileResult =
  | { kind: 'places'; places: PlannedPlace[] }
  /** Null where there is nothing. */
  | { kind: 'bytes'; bytes: Uint8Array | null }
  | { kind: 'stopped' }

export interface TileWorkerData {
  land: LandRings[]
}
