/**
 * The zoom up to which objects that come into view are part of a tile: clients show the tile up to its next zoom, so half a zoom ahead.
 */
export function lastZoomShown(zoom: number): number {
  return zoom + 0.5
}
