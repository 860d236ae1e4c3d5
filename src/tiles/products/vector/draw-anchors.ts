import type { GridPoint } from '#geo/overlay/grid.ts'
import { gridX, gridY, type TileFrame } from '#geo/tile-frame.ts'
import { WORLD } from '#geo/world.ts'
import type { TileShare } from '#tiles/draw/divide-tile.ts'
import type { ViewedFeatures } from '#tiles/draw/draw-objects.ts'

/** A position for the symbol or name of an area. */
export interface DrawnAnchor {
  feature: number
  point: GridPoint
  /** 0 for the first anchor of the area, 1 for further ones. */
  rank: 0 | 1
  /** Of a further anchor: how far apart, in pixels, are the anchors that were there at the zoom where it first appeared. */
  spacing: number | null
  /** Side, in pixels of 512 px tiles, of the square with the same area. */
  size: number
}

/** How far apart anchors are at the zoom where they first appear, in pixels of 512 px tiles (docs/tiles.md). */
const LATTICE_PIXELS = 300

/** Draws the anchors of areas on a cell's share of a tile. */
export function drawAnchors(share: TileShare, frame: TileFrame, views: readonly ViewedFeatures[]): DrawnAnchor[] {
  const drawn: DrawnAnchor[] = []
  const { cell } = share
  const { anchorStart, anchorXY, anchorZoom } = cell
  const zoom = frame.tile.z
  const unitsPerPixel = WORLD / 512 / 2 ** zoom
  for (const { view, features } of views) {
    const { minX, minY, maxX, maxY } = view.box
    for (const feature of features) {
      const first = anchorStart[feature]!
      for (let i = first; i < anchorStart[feature + 1]!; i++) {
        const x = anchorXY[i * 2]!
        const y = anchorXY[i * 2 + 1]!
        if (anchorZoom[i]! > zoom || x < minX || x > maxX || y < minY || y > maxY) continue
        const point = { x: gridX(frame, x - view.turn), y: gridY(frame, y) }
        if (!share.owns(point, cell.objectClass[feature]!)) continue
        const size = Math.round(cell.areaSide[feature]! / unitsPerPixel)
        const spacing = i === first ? null : LATTICE_PIXELS * 2 ** (zoom - anchorZoom[i]!)
        drawn.push({ feature, point, rank: i === first ? 0 : 1, spacing, size })
      }
    }
  }
  return drawn
}
