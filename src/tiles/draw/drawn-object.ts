import type { CompiledCell } from '#compiled/format/compiled-cell.ts'
import type { TileGeometry } from '../mvt/tile-layer.ts'

/** A feature, or one sounding of a feature, cut to a tile. */
export interface DrawnObject {
  cell: CompiledCell
  feature: number
  geometry: TileGeometry
  /** Depth of a sounding in metres; null for other features. */
  depth: number | null
}
