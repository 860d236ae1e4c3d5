import type { TileAddress } from '#geo/tile-grid.ts'
import type { LandRings } from '../basemap/load-land.ts'
import type { Outline } from '../view/outline.ts'

// What goes to the threads that draw. Everything large lies in shared memory.

/** The file of a compiled cell; its checksum has been tested. */
export interface CellBuffer {
  /** The same for the same content: threads keep opened cells by it. */
  key: string
  buffer: SharedArrayBuffer
}

export type TileTask =
  /** Which of some cells, in the order of their claim, have ground in or near a tile: their places in the list. */
  | { kind: 'plan'; tile: TileAddress; outlines: Outline[]; stop: Int32Array }
  /** A vector tile of these cells, in the order of their claim. */
  | { kind: 'vector'; tile: TileAddress; cells: CellBuffer[]; stop: Int32Array }

export type TileResult = { kind: 'plan'; places: number[] } | { kind: 'bytes'; bytes: Uint8Array } | { kind: 'stopped' }

export interface TileWorkerData {
  land: LandRings[]
}
