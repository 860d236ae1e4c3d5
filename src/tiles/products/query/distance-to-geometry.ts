import { ellipsoidDistance } from '#geo/ellipsoid-distance.ts'
import { type GridLine, type GridPoint, sideOfRings } from '#geo/overlay/grid.ts'
import { degreesOf, type TileFrame } from '#geo/tile-frame.ts'
import { xOfLongitude, yOfLatitude } from '#geo/world.ts'
import type { TileGeometry } from '#tiles/mvt/tile-layer.ts'

/** Metres on the ellipsoid from a position in degrees to a geometry on the grid; 0 within an area. */
export function distanceToGeometry(
  { longitude, latitude }: { longitude: number; latitude: number },
  geometry: TileGeometry,
  frame: TileFrame,
): number {
  const here: [number, number] = [longitude, latitude]
  const centre = {
    x: xOfLongitude(longitude) / frame.unit - frame.tile.x * frame.extent,
    y: yOfLatitude(latitude) / frame.unit - frame.tile.y * frame.extent,
  }
  const toPoint = (point: GridPoint) => ellipsoidDistance(here, degreesOf(frame, point.x, point.y))
  const toLine = (line: GridLine, closed: boolean) => {
    let nearest = Infinity
    for (let i = closed ? 0 : 1; i < line.length; i++) {
      nearest = Math.min(nearest, toPoint(nearestOnSegment(centre, line.at(i - 1)!, line[i]!)))
    }
    return nearest
  }
  switch (geometry.type) {
    case 'point':
      return Math.min(...geometry.points.map(toPoint))
    case 'line':
      return Math.min(...geometry.lines.map((line) => toLine(line, false)))
    case 'polygon':
      if (geometry.polygons.some((polygon) => sideOfRings(centre.x, centre.y, polygon) !== 'outside')) return 0
      return Math.min(...geometry.polygons.flat().map((ring) => toLine(ring, true)))
  }
}

/** Mercator keeps angles, so the nearest point on the map is nearest on the ground, but for the change of scale over the distance. */
function nearestOnSegment(p: GridPoint, a: GridPoint, b: GridPoint): GridPoint {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const length = dx * dx + dy * dy
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / length))
  return { x: a.x + t * dx, y: a.y + t * dy }
}
