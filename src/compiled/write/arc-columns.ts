import { ARC, FULL_ZOOM, PART } from '../format/compiled-cell.ts'
import { createIntList, entries, push, unsigned } from './int-list.ts'
import { type Topology, visitPath } from './topology.ts'

/** The most vertices of an arc, ends included: small boxes let a tile skip most of a long coast. */
const LONGEST_ARC = 64

export interface ArcColumns {
  starts: Uint32Array
  boxes: Int32Array
  flags: Uint8Array
  xy: Int32Array
  zooms: Uint8Array
  /** The first arc of each stretch, and one entry more. */
  stretchArcs: Uint32Array
}

/** Cuts stretches into the arcs of the file. @param limit 1 for each stretch along the limit of the coverage. */
export function arcColumns(topology: Topology, limit: Uint8Array): ArcColumns {
  const { stretchStart, stretchXY, stretchZoom } = topology
  const count = stretchStart.length - 1
  const starts = createIntList()
  const boxes = createIntList()
  const xy = createIntList(stretchXY.length + 1_024)
  const zooms = createIntList(stretchZoom.length + 1_024)
  const flags: number[] = []
  const stretchArcs = new Uint32Array(count + 1)
  push(starts, 0)
  for (let stretch = 0; stretch < count; stretch++) {
    const last = stretchStart[stretch + 1]! - 1
    for (let first = stretchStart[stretch]!; first < last; first += LONGEST_ARC - 1) {
      let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
      for (let i = first; i <= Math.min(first + LONGEST_ARC - 1, last); i++) {
        const x = stretchXY[i * 2]!
        const y = stretchXY[i * 2 + 1]!
        if (x < minX) minX = x
        if (x > maxX) maxX = x
        if (y < minY) minY = y
        if (y > maxY) maxY = y
        push(xy, x)
        push(xy, y)
        push(zooms, stretchZoom[i]!)
      }
      for (const side of [minX, minY, maxX, maxY]) push(boxes, side)
      push(starts, zooms.length)
      flags.push(limit[stretch] === 1 ? ARC.limit : 0)
    }
    stretchArcs[stretch + 1] = flags.length
  }
  return {
    starts: unsigned(starts),
    boxes: entries(boxes),
    flags: Uint8Array.from(flags),
    xy: entries(xy),
    zooms: Uint8Array.from(entries(zooms)),
    stretchArcs,
  }
}

/** Appends the arcs of a stretch in the order in which a part passes them. @param reference `stretch * 2`, plus 1 backwards. */
export function pushArcs(target: { data: Int32Array; length: number }, { stretchArcs }: ArcColumns, reference: number): void {
  const stretch = reference >> 1
  const first = stretchArcs[stretch]!
  const last = stretchArcs[stretch + 1]! - 1
  if ((reference & 1) === 0) for (let arc = first; arc <= last; arc++) push(target, arc * 2)
  else for (let arc = last; arc >= first; arc--) push(target, arc * 2 + 1)
}

/** Returns the lowest zoom at which a line has two vertices, or a ring has area; above `FULL_ZOOM` for never. */
export function pathZoom(topology: Topology, path: number, kind: number): number {
  const ring = kind !== PART.line
  const needed = ring ? 3 : 2
  const counts = new Uint32Array(FULL_ZOOM + 1)
  visitPath(topology, path, ring, (_x, _y, zoom) => counts[zoom]!++)
  let shown = 0
  for (let zoom = 0; zoom <= FULL_ZOOM; zoom++) {
    shown += counts[zoom]!
    // A zoom without new vertices gives the same path as the one before.
    if (shown < needed || (counts[zoom] === 0 && zoom > 0)) continue
    if (!ring || hasArea(topology, path, zoom)) return zoom
  }
  return FULL_ZOOM + 1
}

function hasArea(topology: Topology, path: number, atZoom: number): boolean {
  let sum = 0
  let started = false
  let [originX, originY, previousX, previousY] = [0, 0, 0, 0]
  visitPath(topology, path, true, (x, y, zoom) => {
    if (zoom > atZoom) return
    if (!started) {
      started = true
      originX = x
      originY = y
    }
    const [dx, dy] = [x - originX, y - originY]
    sum += previousX * dy - dx * previousY
    previousX = dx
    previousY = dy
  })
  return sum !== 0
}
