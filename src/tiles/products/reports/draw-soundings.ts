import { EXTENT, type TileAddress, tileBox } from '#geo/tile-grid.ts'
import { WORLD, xOfLongitude, yOfLatitude } from '#geo/world.ts'
import { unpackSoundings } from '#reports/bathymetry/packed-soundings.ts'
import type { TilePiece } from '#reports/bathymetry/tile-soundings.ts'
import type { Checkpoint } from '#tiles/draw/draw-objects.ts'
import type { TileFeature, TileValue } from '#tiles/mvt/tile-layer.ts'
import { clipSegment, type Position } from './clip-segment.ts'
import { SOUNDING_BUFFER } from './reports-request.ts'

/** Soundings closer than this, in 4,096ths of a tile, share a line: a pixel at 512 pixels a tile. */
const SHORTEST = 8
const BOX = tileBox(EXTENT, SOUNDING_BUFFER)

interface Place extends Position {
  depth: number
}

/**
 * Draws tracks as lines between soundings, each with its depth: the least of the soundings along it. Lines are cut to the tile with its
 * buffer.
 */
export function drawSoundings(tile: TileAddress, pieces: readonly TilePiece[], checkpoint: Checkpoint): TileFeature[] {
  const features: TileFeature[] = []
  const half = (2 ** tile.z * EXTENT) / 2
  for (const piece of pieces) {
    checkpoint()
    const track = trackProperties(piece)
    for (const { from, to, depth } of linesOf(placesOn(tile, piece))) {
      // The two lie on different sides of the world's far meridian, so the way between them does not pass here.
      if (Math.abs(to.x - from.x) > half) continue
      const line = clipSegment(from, to, BOX)
      if (line === null) continue
      const properties = new Map<string, TileValue>([['depth', depth], ...track])
      features.push({ id: null, geometry: { type: 'line', lines: [line] }, properties })
    }
  }
  return features
}

function trackProperties(piece: TilePiece): [string, TileValue][] {
  return [
    ...(piece.platformName === null ? [] : [['platform_name', piece.platformName] satisfies [string, TileValue]]),
    ['start_time', piece.startTime],
    ['end_time', piece.endTime],
    ['created_at', piece.createdAt],
    ['point_count', piece.pointCount],
    ['min_depth', piece.minDepth],
    ['max_depth', piece.maxDepth],
    ['length_m', piece.lengthMetres],
  ]
}

/** The soundings of a piece on the grid of the tile, on the side of the world that is nearest to it. */
function placesOn(tile: TileAddress, { soundings }: TilePiece): Place[] {
  const units = 2 ** tile.z * EXTENT
  const centre = (tile.x + 0.5) * EXTENT
  return unpackSoundings(soundings).map(({ longitude, latitude, depth }) => {
    const x = (xOfLongitude(longitude) / WORLD) * units
    const turn = Math.round((centre - x) / units) * units
    return { x: x + turn - tile.x * EXTENT, y: (yOfLatitude(latitude) / WORLD) * units - tile.y * EXTENT, depth }
  })
}

/** Joins soundings that lie close together, so that a slow boat does not fill the tile. */
function linesOf(places: readonly Place[]): { from: Position; to: Position; depth: number }[] {
  const lines: { from: Position; to: Position; depth: number }[] = []
  let [from] = places
  let depth = from?.depth ?? 0
  for (const [i, to] of places.entries()) {
    if (from === undefined || i === 0) continue
    depth = Math.min(depth, to.depth)
    const isLast = i === places.length - 1
    if (!isLast && Math.hypot(to.x - from.x, to.y - from.y) < SHORTEST) continue
    lines.push({ from, to, depth })
    from = to
    depth = to.depth
  }
  return lines
}
