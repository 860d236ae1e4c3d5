import type { GridBox } from '#geo/overlay/grid.ts'
import type { TileFrame } from '#geo/tile-frame.ts'
import type { TileAddress } from '#geo/tile-grid.ts'
import type { LandRings } from '../basemap/load-land.ts'
import type { FeatureQuery } from '../products/query/query-features.ts'
import type { Outline } from '../view/outline.ts'

// What goes to the threads that draw. Everything large lies in shared memory.

/** The file of a compiled cell; its checksum has been tested. */
export interface CellBuffer {
  /** The same for the same content: threads keep opened cells by it. */
  key: string
  buffer: SharedArrayBuffer
}

/** What can be made of cells, which come in the order of their claim. */
export type Product =
  | { kind: 'vector'; tile: TileAddress }
  | { kind: 'data'; tile: TileAddress }
  | { kind: 'shoreline'; tile: TileAddress }
  | { kind: 'query'; query: FeatureQuery }

/** The ground a plan is for. */
export interface PlanGround {
  frame: TileFrame
  /** Boxes in units of the frame: what lies in this one may reach into the frame's. */
  far: GridBox
}

/** A cell that has ground in a box. */
export interface PlannedPlace {
  /** In the list of outlines. */
  place: number
  /** Whether some of it lies in the frame's own box, and not only around it. */
  isNear: boolean
}

export type TileTask =
  /** Which of some cells, in the order of their claim, have ground in a box. */
  | { kind: 'plan'; ground: PlanGround; outlines: Outline[]; stop: Int32Array }
  | { kind: 'make'; product: Product; cells: CellBuffer[]; stop: Int32Array }

/** Texts as UTF-8; null where there is nothing. */
export type TileResult =
  | { kind: 'places'; places: PlannedPlace[] }
  | { kind: 'bytes'; bytes: Uint8Array | null }
  | { kind: 'stopped' }

export interface TileWorkerData {
  land: LandRings[]
}
