import { LIGHT } from '#compiled/format/compiled-cell.ts'
import type { GridLine, GridPoint } from '#geo/overlay/grid.ts'
import type { TileFrame } from '#geo/tile-frame.ts'
import { tileBox } from '#geo/tile-grid.ts'
import { type CellView, pointOf, viewsOf } from '#tiles/draw/cell-geometry.ts'
import type { TileShare } from '#tiles/draw/divide-tile.ts'
import type { TileFeature, TileValue } from '#tiles/mvt/tile-layer.ts'
import { arcRadius, CIRCLE_RADIUS, LEG_LENGTH, LIGHT_REACH } from './light-sizes.ts'
import { lastZoomShown } from './shown-zoom.ts'

// Figures of lights are drawn for each zoom, since their size is one of the screen (light-sizes.ts). They are never cut, and every
// tile that one reaches into has all of it, so a sector does not end at the edge of a tile or a chart.

const DEGREES_PER_STEP = 4

export interface LightFigures {
  arcs: TileFeature[]
  legs: TileFeature[]
}

/** Adds the arcs and legs of a cell's lights that reach into the tile to `figures`. */
export function drawLights(share: TileShare, frame: TileFrame, figures: LightFigures): void {
  const { box, extent } = frame
  const far = tileBox(extent, LIGHT_REACH)
  for (const view of viewsOf(share.cell, frame, far)) {
    const { lights, minZoom } = share.cell
    for (let row = 0; row < lights.count; row++) {
      const feature = lights.feature[row]!
      if (minZoom[feature]! > lastZoomShown(frame.tile.z)) continue
      const centre = pointOf(view, share.cell.pointStart[feature]!)
      if (centre.x < far.left || centre.x > far.right || centre.y < far.top || centre.y > far.bottom) continue
      if (!share.owns(centre, share.cell.objectClass[feature]!)) continue
      const isCircle = lights.kind[row] === LIGHT.allRound
      const radius = isCircle ? CIRCLE_RADIUS : arcRadius(lights.ring[row]!)
      const within = (line: GridLine) => meetsBox(line, box)
      const properties = propertiesOf(view, row)
      const id = share.cell.featureId[feature]! * 65_536 + share.cell.featureSubdivision[feature]!
      const from = lights.from[row]!
      const to = lights.to[row]!
      if (lights.kind[row] !== LIGHT.directional) {
        const line = arc(centre, radius, from, to)
        if (within(line)) figures.arcs.push({ id, geometry: { type: 'line', lines: [line] }, properties })
      }
      if (!isCircle) {
        const bearings = from === to ? [from] : [from, to]
        const lines = bearings.map((bearing) => [centre, at(centre, LEG_LENGTH, bearing)]).filter(within)
        if (lines.length > 0) figures.legs.push({ id, geometry: { type: 'line', lines }, properties })
      }
    }
  }
}

function propertiesOf({ cell }: CellView, row: number): ReadonlyMap<string, TileValue> {
  const { lights } = cell
  const properties = new Map<string, TileValue>([
    ['COLOUR', lights.colour[row]!],
    ['kind', kindNames.get(lights.kind[row]!) ?? 'sector'],
  ])
  const range = lights.range[row]!
  if (!Number.isNaN(range)) properties.set('VALNMR', Math.round(range * 100) / 100)
  if (lights.faint[row] === 1) properties.set('faint', true)
  return properties
}

const kindNames = new Map<number, string>([
  [LIGHT.sector, 'sector'],
  [LIGHT.allRound, 'allRound'],
  [LIGHT.directional, 'directional'],
])

/** An arc clockwise from one bearing to another, in degrees. */
function arc(centre: GridPoint, radius: number, from: number, to: number): GridLine {
  const sweep = to > from ? to - from : to - from + 360
  const steps = Math.max(2, Math.ceil(sweep / DEGREES_PER_STEP))
  return Array.from({ length: steps + 1 }, (_, i) => at(centre, radius, from + (sweep * i) / steps))
}

/** The point at a bearing and distance; bearings count clockwise from north, and y grows southwards. */
function at(centre: GridPoint, distance: number, bearing: number): GridPoint {
  const angle = (bearing * Math.PI) / 180
  return { x: Math.round(centre.x + distance * Math.sin(angle)), y: Math.round(centre.y - distance * Math.cos(angle)) }
}

function meetsBox(line: GridLine, box: TileFrame['box']): boolean {
  const xs = line.map(({ x }) => x)
  const ys = line.map(({ y }) => y)
  return (
    Math.min(...xs) <= box.right && Math.max(...xs) >= box.left && Math.min(...ys) <= box.bottom && Math.max(...ys) >= box.top
  )
}
