import { WORLD_BITS } from '#geo/world.ts'
import { FULL_ZOOM } from '../format/compiled-cell.ts'
import { createPairTable, type PairTable } from './pair-table.ts'

/** A tile has 2^5 squares on a side, with one sounding each. */
const SQUARES_BITS = 5
/** Soundings are thinned down to this many zooms below the compilation scale; further out they are not shown. */
const ZOOMS_BELOW = 5

/**
 * Returns the lowest zoom at which each sounding is the shallowest of its square of 1/32 tile. Omitting the others at that zoom never
 * hides a shoal behind a deeper sounding.
 *
 * @param xy positions in world units. @param depths in any unit. @param nativeZoom the zoom of the compilation scale.
 */
export function soundingZooms(xy: Int32Array, depths: Int32Array, nativeZoom: number): Uint8Array {
  const zooms = new Uint8Array(depths.length).fill(FULL_ZOOM)
  const first = Math.min(Math.max(0, Math.floor(nativeZoom) - ZOOMS_BELOW), FULL_ZOOM)
  // The shallowest of a square is also the shallowest of its own quarter, so only the winners of a zoom compete at the one above it.
  const rivals = Uint32Array.from(depths.keys())
  const shallowest = createPairTable()
  let count = rivals.length
  for (let zoom = FULL_ZOOM - 1; zoom >= first; zoom--) {
    count = keepShallowest(rivals.subarray(0, count), WORLD_BITS - zoom - SQUARES_BITS, { xy, depths, shallowest })
    for (let at = 0; at < count; at++) zooms[rivals[at]!] = zoom
  }
  return zooms
}

/** Moves the shallowest rival of each square to the front. @returns how many there are. */
function keepShallowest(
  rivals: Uint32Array,
  shift: number,
  { xy, depths, shallowest }: { xy: Int32Array; depths: Int32Array; shallowest: PairTable },
): number {
  shallowest.clear()
  let count = 0
  for (const i of rivals) {
    const column = xy[i * 2]! >> shift
    const row = xy[i * 2 + 1]! >> shift
    const at = shallowest.get(column, row)
    if (at === -1) {
      shallowest.set(column, row, count)
      rivals[count++] = i
      continue
    }
    const other = rivals[at]!
    // Of equal depths the first in the file wins, so the same cell gives the same bytes.
    if (depths[i]! < depths[other]! || (depths[i] === depths[other] && i < other)) rivals[at] = i
  }
  return count
}
