import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { feature } from 'topojson-client'
import { clipRingsToBox } from '#geo/overlay/clip-rings.ts'
import type { GridRing, GridRings } from '#geo/overlay/grid.ts'
import { emptyWorldBox, extendWorldBox, WORLD, xOfLongitude, yOfLatitude } from '#geo/world.ts'

/** Land of Natural Earth as rings for the even-odd rule, in shared memory. */
export interface LandRings {
  /** The first tile zoom it is meant for; a finer resolution may take over later. */
  fromZoom: number
  /** x, y in world units. */
  xy: Int32Array
  /** First position of each ring, then the end of the last. */
  ringStart: Uint32Array
  /** minX, minY, maxX, maxY of each ring. */
  ringBox: Int32Array
}

const RESOLUTIONS = [
  { fromZoom: 0, file: 'land-110m.json' },
  { fromZoom: 3, file: 'land-50m.json' },
  { fromZoom: 6, file: 'land-10m.json' },
]

type Topology = Parameters<typeof feature>[0]
type Geometry = Topology['objects'][string]

/** Reads the land of the package `world-atlas` in three resolutions; takes about half a second. */
export async function loadLand(): Promise<LandRings[]> {
  const require = createRequire(import.meta.url)
  const land: LandRings[] = []
  for (const { fromZoom, file } of RESOLUTIONS) {
    const topology = JSON.parse(await readFile(require.resolve(`world-atlas/${file}`), 'utf8')) as Topology
    land.push({ fromZoom, ...inSharedMemory(ringsOf(topology)) })
  }
  return land
}

/** x, y, x, y ... of each ring. One polygon at a time: as objects, all positions of the world would take a hundred megabytes. */
function ringsOf(topology: Topology): Int32Array[] {
  const rings: Int32Array[] = []
  for (const arcs of polygonsOf(topology.objects['land']!)) {
    const polygon = feature(topology, { type: 'Polygon', arcs }).geometry
    for (const ring of polygon.coordinates) {
      for (const path of ringsOfWorld(ring as [number, number][])) {
        rings.push(Int32Array.from({ length: path.length * 2 }, (_, i) => (i % 2 === 0 ? path[i >> 1]!.x : path[i >> 1]!.y)))
      }
    }
  }
  return rings
}

function inSharedMemory(rings: readonly Int32Array[]): Omit<LandRings, 'fromZoom'> {
  const total = rings.reduce((sum, ring) => sum + ring.length, 0)
  const xy = new Int32Array(new SharedArrayBuffer(total * 4))
  const ringStart = new Uint32Array(new SharedArrayBuffer((rings.length + 1) * 4))
  const ringBox = new Int32Array(new SharedArrayBuffer(rings.length * 16))
  let at = 0
  rings.forEach((ring, i) => {
    xy.set(ring, at * 2)
    ringStart[i] = at
    at += ring.length / 2
    const box = emptyWorldBox()
    for (let k = 0; k < ring.length; k += 2) extendWorldBox(box, ring[k]!, ring[k + 1]!)
    ringBox.set([box.minX, box.minY, box.maxX, box.maxY], i * 4)
  })
  ringStart[rings.length] = at
  return { xy, ringStart, ringBox }
}

const WHOLE_WORLD = { left: 0, top: 0, right: WORLD, bottom: WORLD }

/** A ring of the package, which jumps from one edge of the world to the other at the antimeridian, as rings that end there. */
function ringsOfWorld(ring: readonly [number, number][]): GridRings {
  const path: GridRing = []
  let turn = 0
  for (const [longitude, latitude] of ring) {
    const at = Math.round(xOfLongitude(longitude))
    const last = path.at(-1)
    if (last !== undefined) turn = Math.round((last.x - at) / WORLD) * WORLD
    path.push({ x: at + turn, y: Math.round(yOfLatitude(latitude)) })
  }
  const [first, last] = [path[0]!, path.at(-1)!]
  // Antarctica goes once around the world, and its ground reaches down to the edge of the map.
  if (first.x !== last.x) path.push({ x: last.x, y: WORLD }, { x: first.x, y: WORLD })
  else path.pop()
  const isWithin = path.every(({ x }) => x >= 0 && x <= WORLD)
  if (isWithin) return [path]
  const moved = [-WORLD, 0, WORLD].map((east) => path.map(({ x, y }) => ({ x: x + east, y })))
  return moved.flatMap((each) => clipRingsToBox([each], WHOLE_WORLD))
}

/** The polygons of a geometry, each as the arcs of its rings. */
function polygonsOf(geometry: Geometry): number[][][] {
  if (geometry.type === 'GeometryCollection') return geometry.geometries.flatMap(polygonsOf)
  if (geometry.type === 'MultiPolygon') return geometry.arcs
  return geometry.type === 'Polygon' ? [geometry.arcs] : []
}
