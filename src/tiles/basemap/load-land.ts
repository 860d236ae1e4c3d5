import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { feature } from 'topojson-client'
import { emptyWorldBox, extendWorldBox, xOfLongitude, yOfLatitude } from '#geo/world.ts'

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

/** Reads the land of the package `world-atlas` in three resolutions; takes about half a second. */
export async function loadLand(): Promise<LandRings[]> {
  const require = createRequire(import.meta.url)
  const land: LandRings[] = []
  for (const { fromZoom, file } of RESOLUTIONS) {
    const topology = JSON.parse(await readFile(require.resolve(`world-atlas/${file}`), 'utf8'))
    land.push({ fromZoom, ...toRings(feature(topology, topology.objects.land)) })
  }
  return land
}

type Land = ReturnType<typeof feature>

function toRings(land: Land): Omit<LandRings, 'fromZoom'> {
  const rings = polygonsOf(land).flat()
  const total = rings.reduce((sum, ring) => sum + ring.length - 1, 0)
  const xy = new Int32Array(new SharedArrayBuffer(total * 8))
  const ringStart = new Uint32Array(new SharedArrayBuffer((rings.length + 1) * 4))
  const ringBox = new Int32Array(new SharedArrayBuffer(rings.length * 16))
  let at = 0
  rings.forEach((ring, i) => {
    ringStart[i] = at
    const box = emptyWorldBox()
    for (const [longitude, latitude] of ring.slice(0, -1) as [number, number][]) {
      const x = Math.round(xOfLongitude(longitude))
      const y = Math.round(yOfLatitude(latitude))
      xy[at * 2] = x
      xy[at * 2 + 1] = y
      at++
      extendWorldBox(box, x, y)
    }
    ringBox.set([box.minX, box.minY, box.maxX, box.maxY], i * 4)
  })
  ringStart[rings.length] = at
  return { xy, ringStart, ringBox }
}

function polygonsOf(land: Land): number[][][][] {
  const found: number[][][][] = []
  for (const each of land.type === 'FeatureCollection' ? land.features : [land]) {
    if (each.geometry.type === 'MultiPolygon') found.push(...each.geometry.coordinates)
    else if (each.geometry.type === 'Polygon') found.push(each.geometry.coordinates)
  }
  return found
}
