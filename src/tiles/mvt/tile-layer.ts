import type { GridLine, GridPoint, GridPolygon } from '#geo/overlay/grid.ts'

/** A property value in a vector tile. */
export type TileValue = string | number | boolean

export type TileGeometry =
  | { type: 'point'; points: GridPoint[] }
  | { type: 'line'; lines: GridLine[] }
  | { type: 'polygon'; polygons: GridPolygon[] }

export interface TileFeature {
  /** Below 2^53; null for none. */
  id: number | null
  geometry: TileGeometry
  properties: ReadonlyMap<string, TileValue>
}

export interface TileLayer {
  name: string
  features: TileFeature[]
}
