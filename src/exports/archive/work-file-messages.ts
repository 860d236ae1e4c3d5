import type { TileAddress } from '#geo/tile-grid.ts'
import type { PackSpec } from '../pack-spec.ts'

/** A tile as it is stored: vector tiles as gzip, raster tiles as PNG. */
export interface StoredTile extends TileAddress {
  data: Uint8Array
}

/** What a pack says about itself. */
export interface PackMetadata extends Pick<PackSpec, 'box' | 'minZoom' | 'maxZoom' | 'kind'> {
  name: string
  description: string
  attribution: string
  /** For vector tiles. */
  vectorLayers: readonly { id: string; description: string; minzoom: number; maxzoom: number; fields: Record<string, string> }[]
}

/** A request to the thread of a work file. */
export type WorkRequest =
  | { do: 'next' }
  | { do: 'put'; tiles: readonly StoredTile[]; next: number }
  | { do: 'finish'; metadata: PackMetadata; pmtiles: string | null }
  | { do: 'close' }

export interface WorkTotals {
  /** Tiles with content, and their bytes. */
  tiles: number
  bytes: number
}

export type WorkAnswer =
  | { id: number; value: number | WorkTotals | null }
  /** Why the request failed. */
  | { id: number; error: string }
