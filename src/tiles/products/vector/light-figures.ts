import { LIGHT } from '#compiled/format/compiled-cell.ts'
import type { GridLine, GridPoint } from '#geo/overlay/grid.ts'
import type { TileFrame } from '#geo/tile-frame.ts'
import { type CellView, pointOf, viewsOf } from '#tiles/draw/cell-geometry.ts'
import type { TileShare } from '#tiles/draw/divide-tile.ts'
import type { TileFeature, TileValue } from '#tiles/mvt/tile-layer.ts'

// The figures of lights have a size on the screen, not on the ground (S-52 presentation library, LIGHTS06): a new drawing for each
// zoom. They are never cut, and every tile they reach into has them whole, so a sector does not end where a tile or a chart does.

/** 0.28 mm a pixel, 8 units a pixel of a 512 pixel tile. */
const UNITS_PER_MILLIMETRE = 8 / 0.28
const ARC_RADIUS = 20 * UNITS_PER_MILLIMETRE
const LEG_LENGTH = 25 * UNITS_PER_MILLIMETRE
/** An arc that lies over another one is drawn this much further out. */
const RING_STEP = 1.5 * UNITS_PER_MILLIMETRE
const MOST_RINGS = 3
const DEGREES_A_STEP = 4

/** How far from its light a figure extends, in units. */
export const LIGHT_REACH = Math.ceil(Math.max(LEG_LENGTH, ARC_RADIUS + MOST_RINGS * RING_STEP))

export interface LightFigures {
  arcs: TileFeature[]
  legs: TileFeature[]
}

/** The arcs and legs of a cell's lights that reach into the tile. */
export function drawLights(share: TileShare, frame: TileFrame, figures: LightFigures): void {
  const { box, extent } = frame
  const far = { left: -LIGHT_REACH, top: -LIGHT_REACH, right: extent + LIGHT_REACH, bottom: extent + LIGHT_REACH }
  for (const view of viewsOf(share.cell, frame, far)) {
    const { lights, minZoom } = share.cell
    for (let row = 0; row < lights.count; row++) {
      const feature = lights.feature[row]!
      if (minZoom[feature]! > frame.tile.z + 0.5) continue
      const centre = pointOf(view, share.cell.pointStart[feature]!)
      if (centre.x < far.left || centre.x > far.right || centre.y < far.top || centre.y > far.bottom) continue
      if (!share.owns(centre, share.cell.objectClass[feature]!)) continue
      const radius = ARC_RADIUS + Math.min(MOST_RINGS, lights.ring[row]!) * RING_STEP
      const within = (line: GridLine) => meetsBox(line, box)
      const properties = propertiesOf(view, row)
      const id = share.cell.featureId[feature]! * 65_536 + share.cell.featureSubdivision[feature]!
      const from = lights.from[row]!
      const to = lights.to[row]!
      if (lights.kind[row] !== LIGHT.directional) {
        const line = arc(centre, radius, from, to)
        if (within(line)) figures.arcs.push({ id, geometry: { type: 'line', lines: [line] }, properties })
      }
      if (lights.kind[row] !== LIGHT.allRound) {
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

/** Clockwise from one bearing to another. */
function arc(centre: GridPoint, radius: number, from: number, to: number): GridLine {
  const sweep = to > from ? to - from : to - from + 360
  const steps = Math.max(2, Math.ceil(sweep / DEGREES_A_STEP))
  return Array.from({ length: steps + 1 }, (_, i) => at(centre, radius, from + (sweep * i) / steps))
}

/** Bearings count clockwise from north; y grows southwards. */
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
