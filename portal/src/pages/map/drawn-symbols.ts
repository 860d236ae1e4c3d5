import type { ChartFeature } from './chart-feature.ts'
import type { Position } from './rhumb.ts'

/** A symbol on screen: the class of its object, and where that lies; for an area its middle, null for symbols along lines. */
export interface DrawnSymbol {
  objectClass: string
  /** Pixels. */
  at: Pixel | null
}

export interface Pixel {
  x: number
  y: number
}

/** Pixels around a click that count. */
export const REACH = 12
/** Pixels from the middle of a variation area to the end of its arrow, the longest of all symbols. */
const FARTHEST = 150
/** Pixels by which an object may miss the place of its symbol: tiles have a grid. */
const SLACK = 3
const VARIATION = 'MAGVAR'

/**
 * The classes of the symbols around a click that a response does not cover: all of them when it contains only ground, and the variation,
 * which the server leaves out by default.
 */
export function untoldClasses(symbols: readonly DrawnSymbol[], tellsOfObjects: boolean): string[] {
  const drawn = [...new Set(symbols.map(({ objectClass }) => objectClass))]
  return tellsOfObjects ? drawn.filter((objectClass) => objectClass === VARIATION) : drawn
}

/** Pixels within which lie all objects whose symbols are around a click, because a tall symbol may be clicked far from its object. */
export function reachOf(symbols: readonly DrawnSymbol[], click: Pixel): number {
  const distances = symbols.flatMap(({ at }) => (at === null ? [] : [Math.hypot(at.x - click.x, at.y - click.y)]))
  return Math.ceil(Math.max(REACH, ...distances.filter((distance) => distance < FARTHEST)))
}

/** The objects whose symbols these are: points by their place, and for areas the nearest of the class. @param features nearest first. */
export function objectsOf(
  symbols: readonly DrawnSymbol[],
  features: readonly ChartFeature[],
  map: Pick<DrawnMap, 'project'>,
): ChartFeature[] {
  const nearest = new Map<string, ChartFeature>()
  const points: ChartFeature[] = []
  for (const feature of features) {
    const own = symbols.filter(({ objectClass }) => objectClass === feature.layerId)
    if (own.length === 0) continue
    if (feature.position === null) {
      if (!nearest.has(feature.layerId)) nearest.set(feature.layerId, feature)
      continue
    }
    const [latitude, longitude] = feature.position
    const { x, y } = map.project([longitude, latitude])
    if (own.some(({ at }) => at !== null && Math.hypot(at.x - x, at.y - y) <= SLACK)) points.push(feature)
  }
  return [...points, ...nearest.values()]
}

/** The part of MapLibre's map that tells what is drawn. */
export interface DrawnMap {
  project(lngLat: [number, number]): Pixel
  queryRenderedFeatures(
    box: [[number, number], [number, number]],
    options: { validate: boolean },
  ): {
    sourceLayer?: string
    layer: { type: string }
    geometry: { type: string }
    properties: Record<string, unknown>
  }[]
}

/** The symbols of chart objects that are drawn around a place. */
export function symbolsAround(map: DrawnMap, { longitude, latitude }: Position): DrawnSymbol[] {
  const { x, y } = map.project([longitude, latitude])
  const box: [[number, number], [number, number]] = [
    [x - REACH, y - REACH],
    [x + REACH, y + REACH],
  ]
  return map.queryRenderedFeatures(box, { validate: false }).flatMap(({ sourceLayer = '', layer, geometry, properties }) => {
    const objectClass = sourceLayer === 'area_points' ? properties['class'] : /^s57_(.+)$/.exec(sourceLayer)?.[1]?.toUpperCase()
    if (layer.type !== 'symbol' || typeof objectClass !== 'string') return []
    const at = 'coordinates' in geometry && geometry.type === 'Point' ? (geometry.coordinates as [number, number]) : null
    return [{ objectClass, at: at === null ? null : map.project(at) }]
  })
}
