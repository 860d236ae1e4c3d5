import { WORLD_BITS } from '#geo/world.ts'
import { FULL_ZOOM } from '../format/compiled-cell.ts'

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
  let rivals: Iterable<number> = depths.keys()
  for (let zoom = FULL_ZOOM - 1; zoom >= first; zoom--) {
    const shift = WORLD_BITS - zoom - SQUARES_BITS
    const shallowest = new Map<number, number>()
    for (const i of rivals) {
      const square = (xy[i * 2]! >> shift) * 2 ** 22 + (xy[i * 2 + 1]! >> shift)
      const other = shallowest.get(square)
      // Of equal depths the first in the file wins, so the same cell gives the same bytes.
      if (other === undefined || depths[i]! < depths[other]! || (depths[i] === depths[other] && i < other))
        shallowest.set(square, i)
    }
    for (const i of shallowest.values()) zooms[i] = zoom
    rivals = shallowest.values()
  }
  return zooms
}
