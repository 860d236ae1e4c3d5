import { FULL_ZOOM } from '../format/compiled-cell.ts'
import { clearanceAt, crossingsOf } from './crossings.ts'
import { boxOfRing, type Pole } from './find-pole.ts'

/** A position for the symbol or name of an area, in world units, and the lowest zoom that shows it. */
export interface Anchor {
  x: number
  y: number
  zoom: number
}

/** A polygon: its rings in world units (x, y), the exterior first, and its area in square units. */
export interface AreaPolygon {
  rings: Int32Array[]
  area: number
}

/** Distance between anchors, and from an anchor to the outline, in pixels of 512 px tiles. */
const SPACING = 300
const CLEARANCE = 24
/** World units per pixel at zoom 0. */
export const PIXEL = 2 ** 21
/** The most further anchors of a polygon: enough for a square of 19,000 pixels. */
const MOST_NODES = 4_096

export interface AnchorOptions {
  poleOf(rings: readonly Int32Array[]): Pole
  /** The last zoom that adds nodes of a lattice; below 0 for no lattice. */
  latticeZoom: number
  /** The lowest zoom of any anchor. */
  firstZoom: number
}

/**
 * Returns the anchors of an area. The first is the pole of its largest polygon, shown from `firstZoom` on; then the poles of the others
 * and, in large polygons, the nodes of a square lattice around the pole. Each zoom keeps the nodes of the lower zooms and adds those
 * halfway between them where the outline is at least 24 pixels away, so anchors neither move nor lie in slivers.
 */
export function anchorsOf(polygons: readonly AreaPolygon[], options: AnchorOptions): Anchor[] {
  const { poleOf, latticeZoom, firstZoom } = options
  const further: Anchor[] = []
  const poles = polygons.toSorted((a, b) => b.area - a.area).map(({ rings }) => ({ rings, pole: poleOf(rings) }))
  for (const [i, { rings, pole }] of poles.entries()) {
    if (i > 0) further.push({ x: pole.x, y: pole.y, zoom: zoomOfClearance(pole.radius) })
    addNodes(further, rings, pole, latticeZoom)
  }
  for (const anchor of further) anchor.zoom = Math.max(anchor.zoom, firstZoom)
  const shown = further.filter(({ zoom }) => zoom <= FULL_ZOOM).sort((a, b) => a.zoom - b.zoom)
  const first = poles[0]!.pole
  return [{ x: first.x, y: first.y, zoom: firstZoom }, ...shown]
}

/** Adds the nodes of the lattice around the pole that lie inside the polygon and are shown at some zoom. */
function addNodes(nodes: Anchor[], rings: readonly Int32Array[], { x: poleX, y: poleY }: Pole, finestZoom: number): void {
  const [minX, minY, maxX, maxY] = boxOfRing(rings[0]!)
  for (let zoom = finestZoom; zoom >= 0; zoom--) {
    const step = (SPACING * PIXEL) / 2 ** zoom
    const columns = { axis: 0 as const, origin: poleX, step, ...linesWithin(poleX, step, minX, maxX) }
    const rows = { axis: 1 as const, origin: poleY, step, ...linesWithin(poleY, step, minY, maxY) }
    if (columns.count * rows.count <= 1) return
    if (columns.count * rows.count > MOST_NODES) continue
    const down = crossingsOf(rings, columns)
    const across = crossingsOf(rings, rows)
    for (let row = 0; row < rows.count; row++) {
      for (let column = 0; column < columns.count; column++) {
        const i = columns.first + column
        const j = rows.first + row
        if (i === 0 && j === 0) continue
        const x = poleX + i * step
        const y = poleY + j * step
        const clearance = Math.min(clearanceAt(across[row]!, x), clearanceAt(down[column]!, y))
        // Most nodes of a winding area lie outside it.
        const nodeZoom = clearance > 0 ? Math.max(zoom - doublings(i, j), zoomOfClearance(clearance)) : Infinity
        if (nodeZoom <= FULL_ZOOM) nodes.push({ x, y, zoom: nodeZoom })
      }
    }
    return
  }
}

/** How often the step doubles before a node is no longer on the lattice. */
function doublings(i: number, j: number): number {
  const bits = i | j
  return 31 - Math.clz32(bits & -bits)
}

/** The lowest zoom at which a distance in world units is wide enough for an anchor; infinite for none. */
function zoomOfClearance(distance: number): number {
  return distance > 0 ? Math.max(0, Math.ceil(Math.log2((CLEARANCE * PIXEL) / distance))) : Infinity
}

function linesWithin(origin: number, step: number, low: number, high: number): { first: number; count: number } {
  const first = Math.ceil((low - origin) / step)
  return { first, count: Math.floor((high - origin) / step) - first + 1 }
}
