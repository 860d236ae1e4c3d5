import { ARC, FULL_ZOOM, PART } from '../format/compiled-cell.ts'
import { createIntList, entries, push, unsigned } from './int-list.ts'
import { type Topology, visitPath } from './topology.ts'

/** Vertices an arc has at most (its ends among them): small boxes, so that a tile skips most of a long coast. */
const LONGEST_ARC = 64

export interface ArcColumns {
  starts: Uint32Array
  boxes: Int32Array
  flags: Uint8Array
  xy: Int32Array
  zooms: Uint8Array
  /** First arc of each stretch, and one more. */
  ofStretch: Uint32Array
}

/** Cuts stretches into arcs of the file. */
export function arcColumns(topology: Topology, limit: Uint8Array): ArcColumns {
  const { stretchStart, stretchXY, stretchZoom } = topology
  const count = stretchStart.length - 1
  const starts = createIntList()
  const boxes = createIntList()
  const xy = createIntList(stretchXY.length + 1_024)
  const zooms = createIntList(stretchZoom.length + 1_024)
  const flags: number[] = []
  const ofStretch = new Uint32Array(count + 1)
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
    ofStretch[stretch + 1] = flags.length
  }
  return {
    starts: unsigned(starts),
    boxes: entries(boxes),
    flags: Uint8Array.from(flags),
    xy: entries(xy),
    zooms: Uint8Array.from(entries(zooms)),
    ofStretch,
  }
}

/** Appends the arcs of a stretch as a part passes them; `reference` is `stretch * 2`, plus 1 backwards. */
export function pushArcs(target: { data: Int32Array; length: number }, { ofStretch }: ArcColumns, reference: number): void {
  const stretch = reference >> 1
  const first = ofStretch[stretch]!
  const last = ofStretch[stretch + 1]! - 1
  if ((reference & 1) === 0) for (let arc = first; arc <= last; arc++) push(target, arc * 2)
  else for (let arc = last; arc >= first; arc--) push(target, arc * 2 + 1)
}

/** The lowest zoom at which a path has two vertices, or as a ring three that are not all on one line; above `FULL_ZOOM` for never. */
export function pathZoom(topology: Topology, path: number, kind: number): number {
  const ring = kind !== PART.line
  const needed = ring ? 3 : 2
  const counts = new Uint32Array(FULL_ZOOM + 1)
  visitPath(topology, path, ring, (_x, _y, zoom) => counts[zoom]!++)
  let shown = 0
  for (let zoom = 0; zoom <= FULL_ZOOM; zoom++) {
    shown += counts[zoom]!
    // Nothing new at this zoom: what did not do below does not do here.
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
