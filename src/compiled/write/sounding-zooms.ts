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
  // Equal depths keep the order of the file, so the same cell gives the same bytes.
  const order = Array.from(depths.keys()).sort((a, b) => depths[a]! - depths[b]! || a - b)
  const taken = Array.from({ length: FULL_ZOOM - first }, () => new Set<number>())
  for (const i of order) {
    const square = (zoom: number) => {
      const shift = WORLD_BITS - zoom - SQUARES_BITS
      return (xy[i * 2]! >> shift) * 2 ** 22 + (xy[i * 2 + 1]! >> shift)
    }
    let zoom = first
    while (zoom < FULL_ZOOM && taken[zoom - first]!.has(square(zoom))) zoom++
    zooms[i] = zoom
    for (; zoom < FULL_ZOOM; zoom++) taken[zoom - first]!.add(square(zoom))
  }
  return zooms
}
