import { xOfLongitude, yOfLatitude } from '#geo/world.ts'

/** Rings for the even-odd rule in world units within 0..WORLD (`src/geo/world.ts`), all in one piece of memory. */
export interface PackedCoverage {
  /** The number of rings, `ringStart`, then `xy`. */
  memory: Int32Array
  /** First position of each ring, then the end of the last. */
  ringStart: Int32Array
  /** x, y. */
  xy: Int32Array
}

type Coordinates = readonly (readonly (readonly (readonly number[])[])[])[]

/** Packs a coverage. @param coordinates of a GeoJSON MultiPolygon, [longitude, latitude] in degrees within -180..180. */
export function packCoverage(coordinates: Coordinates): PackedCoverage {
  const rings = coordinates.flat()
  const total = rings.reduce((sum, ring) => sum + Math.max(0, ring.length - 1), 0)
  const memory = new Int32Array(2 + rings.length + total * 2)
  memory[0] = rings.length
  const packed = viewsOf(memory)
  let at = 0
  rings.forEach((ring, i) => {
    packed.ringStart[i] = at
    for (const [longitude, latitude] of ring.slice(0, -1) as [number, number][]) {
      packed.xy[at * 2] = Math.round(xOfLongitude(longitude))
      packed.xy[at * 2 + 1] = Math.round(yOfLatitude(latitude))
      at++
    }
  })
  packed.ringStart[rings.length] = at
  return packed
}

/** The column `cell.outline`: the integers of `memory`, little-endian. */
export function coverageBytes({ memory }: PackedCoverage): Buffer {
  return Buffer.from(memory.buffer, memory.byteOffset, memory.byteLength)
}

/** Reads the column `cell.outline`. */
export function coverageFromBytes(bytes: Uint8Array): PackedCoverage {
  // A copy of its own: the driver's buffer may be neither aligned nor free of other rows.
  return viewsOf(new Int32Array(Uint8Array.from(bytes).buffer))
}

function viewsOf(memory: Int32Array): PackedCoverage {
  const rings = memory[0] ?? 0
  return { memory, ringStart: memory.subarray(1, rings + 2), xy: memory.subarray(rings + 2) }
}
