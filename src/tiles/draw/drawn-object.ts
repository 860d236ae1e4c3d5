import type { CompiledCell } from '#compiled/format/compiled-cell.ts'
import type { TileGeometry } from '../mvt/tile-layer.ts'

/** A feature, or one sounding of a feature, as it is in a tile. */
export interface DrawnObject {
  cell: CompiledCell
  feature: number
  geometry: TileGeometry
  /** Metres, of a sounding. */
  depth: number | null
}
