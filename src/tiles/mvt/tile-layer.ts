import type { GridLine, GridPoint, GridPolygon } from '#geo/overlay/grid.ts'

/** What a vector tile can hold of an attribute's value. */
export type TileValue = string | number | boolean

export type TileGeometry =
  | { type: 'point'; points: GridPoint[] }
  | { type: 'line'; lines: GridLine[] }
  | { type: 'polygon'; polygons: GridPolygon[] }

export interface TileFeature {
  /** Below 2^53; left out when null. */
  id: number | null
  geometry: TileGeometry
  properties: ReadonlyMap<string, TileValue>
}

export interface TileLayer {
  name: string
  features: TileFeature[]
}
