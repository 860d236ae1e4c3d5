import { FULL_ZOOM, PART } from '../format/compiled-cell.ts'
import type { SectionName } from '../format/compiled-format.ts'
import { type AreaPolygon, anchorsOf, PIXEL } from './anchors.ts'
import type { FeatureRow } from './feature-rows.ts'
import { createPoleFinder } from './find-pole.ts'
import { type GeometryColumns, pathPositions } from './geometry-columns.ts'
import { createIntList, entries, push, unsigned } from './int-list.ts'
import { doubleAreaOf } from './integer-ring.ts'
import { isAlwaysShown } from './minimum-zoom.ts'
import { hasOutline, repeatsMiddle } from './outline-classes.ts'

/** Bounds the anchors of a hostile cell; a real one has a few thousand. */
const MOST_ANCHORS = 500_000

/** Areas that are always shown get an anchor once they are this wide, in pixels; the smallest ones would fill the tiles of low zooms. */
const SMALLEST = 4

/** Returns the lowest zoom at which a length in world units is wide enough for the anchor of an area that is always shown. */
function zoomOfSize(side: number): number {
  return side > 0 ? Math.max(0, Math.ceil(Math.log2((SMALLEST * PIXEL) / side))) : FULL_ZOOM
}

/** Builds the sections of anchors and sizes of areas (docs/compiled-cell.md). @param nativeZoom of the cell. */
export function anchorColumns(
  rows: readonly FeatureRow[],
  collector: GeometryColumns,
  nativeZoom: number,
): [SectionName, ArrayBufferView][] {
  const starts = createIntList()
  const xy = createIntList()
  const zooms = createIntList()
  const sides = new Float32Array(rows.length)
  const poleOf = createPoleFinder()
  // Anchors get no denser where the chart is enlarged far beyond its scale.
  const latticeZoom = Math.min(FULL_ZOOM, Math.ceil(nativeZoom) + 1)
  rows.forEach((row, index) => {
    push(starts, zooms.length)
    if (!hasOutline(row) || row.endPath === row.firstPath) return
    const polygons = polygonsOf(row, collector)
    sides[index] = Math.sqrt(
      Math.max(
        0,
        polygons.reduce((sum, { area }) => sum + area, 0),
      ),
    )
    const firstZoom = isAlwaysShown(row.acronym) ? Math.min(FULL_ZOOM, zoomOfSize(sides[index]!)) : 0
    const anchors = anchorsOf(polygons, { poleOf, firstZoom, latticeZoom: repeatsMiddle(row) ? latticeZoom : -1 })
    for (const { x, y, zoom } of anchors) {
      if (zooms.length >= MOST_ANCHORS) break
      push(xy, x)
      push(xy, y)
      push(zooms, zoom)
    }
  })
  push(starts, zooms.length)
  return [
    ['areaSide', sides],
    ['anchorStart', unsigned(starts)],
    ['anchorXY', entries(xy)],
    ['anchorZoom', Uint8Array.from(entries(zooms))],
  ]
}

function polygonsOf(row: FeatureRow, collector: GeometryColumns): AreaPolygon[] {
  const polygons: AreaPolygon[] = []
  for (let path = row.firstPath; path < row.endPath; path++) {
    const ring = pathPositions(collector, path)
    const area = doubleAreaOf(ring, 0, ring.length / 2) / 2
    if (collector.pathKind.data[path] === PART.outer) polygons.push({ rings: [ring], area })
    else {
      const polygon = polygons.at(-1)!
      polygon.rings.push(ring)
      // A hole runs the other way, so its area is negative.
      polygon.area += area
    }
  }
  return polygons
}
