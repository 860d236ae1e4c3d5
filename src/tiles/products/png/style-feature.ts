import type { Feature } from '@maplibre/maplibre-gl-style-spec'
import type { TileFeature } from '#tiles/mvt/tile-layer.ts'

const TYPES = { point: 1, line: 2, polygon: 3 } as const

/** A feature of a tile as the expressions of a style read it. */
export function styleFeature({ id, geometry, properties }: TileFeature): Feature {
  return { type: TYPES[geometry.type], ...(id !== null && { id }), properties: Object.fromEntries(properties) }
}
