import { LIGHT } from '#compiled/format/compiled-cell.ts'
import type { GridBox, GridLine, GridPoint } from '#geo/overlay/grid.ts'
import type { TileFrame } from '#geo/tile-frame.ts'
import { tileBox } from '#geo/tile-grid.ts'
import { type CellView, pointOf, viewsOf } from '#tiles/draw/cell-geometry.ts'
import type { TileShare } from '#tiles/draw/divide-tile.ts'
import type { TileFeature, TileValue } from '#tiles/mvt/tile-layer.ts'
import { lineOfLight, type PlacedLight } from './light-lines.ts'
import { arcRadius, CIRCLE_RADIUS, LEG_LENGTH, LIGHT_REACH } from './light-sizes.ts'
import { lastZoomShown } from './shown-zoom.ts'

// Figures of lights are drawn for each zoom, since their size is one of the screen (light-sizes.ts). They are never cut, and every
// tile that one reaches into has all of it, so a sector does not end at the edge of a tile or a chart. Lines as long as the range of the
// light are cut like other lines (light-lines.ts).

const DEGREES_PER_STEP = 4

export interface LightFigures {
  arcs: TileFeature[]
  legs: TileFeature[]
  lines: TileFeature[]
}

/** Adds the arcs, legs and lines of a cell's lights that reach into the tile to `figures`. */
export function drawLights(share: TileShare, frame: TileFrame, figures: LightFigures): void {
  const far = tileBox(frame.extent, LIGHT_REACH)
  for (const view of viewsOf(share.cell, frame, far)) {
    const { lights, minZoom, pointStart, objectClass } = share.cell
    for (let row = 0; row < lights.count; row++) {
      const feature = lights.feature[row]!
      if (minZoom[feature]! > lastZoomShown(frame.tile.z)) continue
      const centre = pointOf(view, pointStart[feature]!)
      const isHere = isWithin(centre, far) && share.owns(centre, objectClass[feature]!)
      if (isHere || share.visible) drawLight({ share, view, row, centre }, isHere, figures)
    }
  }
}

/** @param isHere whether the light itself belongs to the share; of another one, only lines may reach the share. */
function drawLight({ share, view, row, centre }: PlacedLight, isHere: boolean, figures: LightFigures): void {
  const { lights } = share.cell
  const [kind, from, to] = [lights.kind[row]!, lights.from[row]!, lights.to[row]!]
  const add = (features: TileFeature[], all: readonly GridLine[]) => {
    const lines = all.filter((line) => meetsBox(line, view.frame.box))
    if (lines.length > 0)
      features.push({ id: idOf(view, row), geometry: { type: 'line', lines }, properties: propertiesOf(view, row) })
  }
  const lines: GridLine[] = []
  const legs: GridLine[] = []
  for (const bearing of bearingsOf(kind, from, to)) {
    const tip = at(centre, LEG_LENGTH, bearing)
    lines.push(...lineOfLight({ share, view, row, centre }, bearing, isHere ? tip : null))
    legs.push([centre, tip])
  }
  add(figures.lines, lines)
  if (!isHere) return
  const radius = kind === LIGHT.allRound ? CIRCLE_RADIUS : arcRadius(lights.ring[row]!)
  if (kind !== LIGHT.directional) add(figures.arcs, [arc(centre, radius, from, to)])
  add(figures.legs, legs)
}

/** The bearings of the legs of a light. */
function bearingsOf(kind: number, from: number, to: number): number[] {
  if (kind === LIGHT.allRound) return []
  return from === to ? [from] : [from, to]
}

function idOf({ cell }: CellView, row: number): number {
  const feature = cell.lights.feature[row]!
  return cell.featureId[feature]! * 65_536 + cell.featureSubdivision[feature]!
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

function isWithin({ x, y }: GridPoint, { left, top, right, bottom }: GridBox): boolean {
  return x >= left && x <= right && y >= top && y <= bottom
}

function meetsBox(line: GridLine, box: TileFrame['box']): boolean {
  const xs = line.map(({ x }) => x)
  const ys = line.map(({ y }) => y)
  return (
    Math.min(...xs) <= box.right && Math.max(...xs) >= box.left && Math.min(...ys) <= box.bottom && Math.max(...ys) >= box.top
  )
}
