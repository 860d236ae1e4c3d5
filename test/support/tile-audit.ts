import { findFault } from '#geo/overlay/find-fault.ts'
import { doubleGridArea, type GridPoint, type GridRing, sideOfRings } from '#geo/overlay/grid.ts'
import { type DecodedTile, SKIN } from './decoded-tile.ts'

// Checks for every tile. Each returns descriptions of the faults.

const EXTENT = 4096
/** Units by which rounding to the grid may move a border. */
const ROUNDING = 1.5

/** Rings that MVT 2.1 (4.3.3 and 4.3.4) forbids, and lines without length. */
export function geometryFaults(tile: DecodedTile): string[] {
  const faults: string[] = []
  for (const { key, rings } of tile.areas) {
    const polygons: GridRing[][] = []
    for (const ring of rings) {
      const area = doubleGridArea(ring)
      if (ring.length < 3 || area === 0) faults.push(`${key}: a ring without area`)
      else if (area > 0) polygons.push([ring])
      else if (polygons.length === 0) faults.push(`${key}: begins with a hole`)
      else polygons.at(-1)!.push(ring)
    }
    for (const polygon of polygons) {
      const fault = findFault(polygon)
      if (fault !== null) faults.push(`${key}: ${fault}`)
      for (const hole of polygon.slice(1)) {
        if (hole.some(({ x, y }) => sideOfRings(x, y, [polygon[0]!]) === 'outside'))
          faults.push(`${key}: a hole outside its outline`)
      }
    }
  }
  for (const { layer, paths } of tile.lines) {
    if (paths.some((path) => path.length < 2)) faults.push(`${layer}: a line of one point`)
  }
  return faults
}

/** Point objects drawn twice, by two cells that both cover the position. */
export function doublePoints(tile: DecodedTile): string[] {
  const seen = new Set<string>()
  const doubles: string[] = []
  for (const { layer, id, x, y, properties } of tile.points) {
    const key = layer === 's57_soundg' ? `${layer} ${x} ${y} ${properties['DEPTH']}` : `${layer} ${id} ${x} ${y}`
    if (seen.has(key)) doubles.push(key)
    seen.add(key)
  }
  return doubles
}

/** Areas of the skin of the earth at a position: `covered` counts them within rounding, `inside` names those well inside. */
export function skinAt(tile: DecodedTile, x: number, y: number): { covered: number; inside: string[] } {
  let covered = 0
  const inside: string[] = []
  for (const { layer, key, rings } of tile.areas) {
    if (!SKIN.has(layer)) continue
    const near = rings.some((ring) => distance(x, y, ring) <= ROUNDING)
    const within = sideOfRings(x, y, rings) === 'inside'
    if (near || within) covered++
    if (within && !near) inside.push(key)
  }
  return { covered, inside }
}

function distance(x: number, y: number, ring: GridRing): number {
  let least = Infinity
  let a = ring.at(-1)!
  for (const b of ring) {
    const dx = b.x - a.x
    const dy = b.y - a.y
    const t = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)))
    least = Math.min(least, Math.hypot(x - a.x - t * dx, y - a.y - t * dy))
    a = b
  }
  return least
}

/** How far beside a border the depths on its sides are looked at, and how far from it a line may run. */
const BESIDE = 5
const SAMPLE = 24
const INLAND = new Set(['s57_rivers', 's57_lakare', 's57_canals', 's57_docare', 's57_lokbsn'])

/** Places on the borders of cells where the depth changes and no contour or boundary runs. */
export function unboundedDepths(tile: DecodedTile): string[] {
  const lines = tile.lines
    .filter(({ layer }) => layer === 'depth_boundaries' || layer === 's57_depcnt')
    .flatMap((each) => each.paths)
  const skin = tile.areas.flatMap(({ layer, key, rings }) => {
    const depth = depthOfArea(layer, key)
    return depth === null ? [] : [{ depth, rings }]
  })
  const depthAt = (x: number, y: number) =>
    skin.reduce((least, { depth, rings }) => (depth < least && sideOfRings(x, y, rings) === 'inside' ? depth : least), Infinity)
  const found: string[] = []
  for (const { x, y, beside } of samplesOfBorders(tile)) {
    const [a, b] = [depthAt(x + beside.x, y + beside.y), depthAt(x - beside.x, y - beside.y)]
    if (a === b || Math.max(a, b) === Infinity || Math.max(a, b) <= 0) continue
    const isInland = tile.areas.some(({ layer, rings }) => INLAND.has(layer) && sideOfRings(x, y, rings) !== 'outside')
    if (isInland || lines.some((line) => distance(x, y, [...line, ...line.toReversed()]) <= BESIDE + ROUNDING)) continue
    found.push(`at ${x.toFixed(0)} ${y.toFixed(0)}: ${a} beside ${b}`)
  }
  return found
}

function depthOfArea(layer: string, key: string): number | null {
  if (layer === 's57_lndare' || layer === 's57_unsare') return -1000
  if (layer !== 's57_depare' && layer !== 's57_drgare') return null
  const drval1 = key.split(' ')[2]
  return drval1 === 'undefined' ? -1 : Number(drval1)
}

/** Points along the borders of cells within the tile, with a step to the side. */
function samplesOfBorders(tile: DecodedTile): (GridPoint & { beside: GridPoint })[] {
  const rings = tile.areas.filter(({ layer }) => layer === 'chart_cells').flatMap((cell) => cell.rings)
  return rings.flatMap((ring) =>
    ring.flatMap((to, i) => {
      const from = ring.at(i - 1)!
      const [dx, dy] = [to.x - from.x, to.y - from.y]
      const length = Math.hypot(dx, dy)
      const count = Math.ceil(length / SAMPLE)
      const beside = { x: (dy / length) * BESIDE, y: (-dx / length) * BESIDE }
      return Array.from({ length: count }, (_, k) => {
        const share = (k + 0.5) / count
        return { x: from.x + dx * share, y: from.y + dy * share, beside }
      }).filter(({ x, y }) => x >= 0 && y >= 0 && x <= EXTENT && y <= EXTENT)
    }),
  )
}

/** Stretches of the common edge of two adjoining tiles where they show different areas, beyond what rounding explains. */
export function edgeDisagreements(west: DecodedTile, east: DecodedTile): string[] {
  // Half a unit from the edge, where no vertex is.
  const left = stretches(west, EXTENT - 0.5)
  const right = stretches(east, -0.5)
  const found: string[] = []
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    const a = left.get(key) ?? []
    const b = right.get(key) ?? []
    const odd = symmetricDifference(a, b).filter(([from, to]) => to.y - from.y > from.slack + to.slack)
    if (odd.length > 0) found.push(`${key}: ${odd.map(([from, to]) => `${from.y.toFixed(1)} to ${to.y.toFixed(1)}`).join(', ')}`)
  }
  return found
}

/** Where the boundary of an area crosses a line, and how far a rounding may move it along the line: the steeper, the further. */
interface Crossing {
  y: number
  slack: number
}

type Stretch = [from: Crossing, to: Crossing]

function stretches(tile: DecodedTile, x: number): Map<string, Stretch[]> {
  const byKey = new Map<string, Stretch[]>()
  for (const { layer, key, rings } of tile.areas) {
    if (!SKIN.has(layer)) continue
    const crossings: Crossing[] = []
    for (const ring of rings) {
      let a = ring.at(-1)!
      for (const b of ring) {
        if (a.x > x !== b.x > x) {
          const dx = b.x - a.x
          const dy = b.y - a.y
          crossings.push({ y: a.y + ((x - a.x) * dy) / dx, slack: ROUNDING * (Math.hypot(dx, dy) / Math.abs(dx)) })
        }
        a = b
      }
    }
    crossings.sort((p, q) => p.y - q.y)
    const list = byKey.get(key) ?? []
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const [from, to] = [crossings[i]!, crossings[i + 1]!]
      const stretch: Stretch = [
        { ...from, y: Math.max(0, from.y) },
        { ...to, y: Math.min(EXTENT, to.y) },
      ]
      if (stretch[1].y > stretch[0].y) list.push(stretch)
    }
    if (list.length > 0) byKey.set(key, list)
  }
  return byKey
}

function symmetricDifference(a: readonly Stretch[], b: readonly Stretch[]): Stretch[] {
  const events = [...a, ...b].flat().sort((p, q) => p.y - q.y)
  const holds = (list: readonly Stretch[], y: number) => list.some(([from, to]) => y > from.y && y < to.y)
  const found: Stretch[] = []
  for (let i = 0; i + 1 < events.length; i++) {
    const middle = (events[i]!.y + events[i + 1]!.y) / 2
    if (holds(a, middle) !== holds(b, middle)) found.push([events[i]!, events[i + 1]!])
  }
  return found
}
