import type { Map as MapLibreMap } from 'maplibre-gl'

/** The part of a map that is used. */
export type RestingMap = Pick<MapLibreMap, 'loaded' | 'once' | 'project' | 'unproject' | 'getCanvas'>

/** Finds out what lies at a pixel. */
export interface Finder {
  /**
   * Reports what lies at a pixel: at once when the map is at rest, else when it has come to rest. A later query replaces a waiting one.
   * @param told is called with what was found; with null first when the result has to wait.
   */
  find(x: number, y: number, told: (found: string[] | null) => void): void
}

/**
 * Queries a map only when it is at rest. While charts are still loading, it would find nothing.
 * @param at what lies at a pixel of the map as it is drawn now.
 */
export function createFinder(map: RestingMap, at: (x: number, y: number) => string[]): Finder {
  let latest = 0
  return {
    find(x, y, told) {
      const question = ++latest
      if (map.loaded()) {
        told(at(x, y))
        return
      }
      told(null)
      const place = map.unproject([x, y])
      void map.once('idle').then(() => {
        if (question !== latest) return
        const point = map.project(place)
        const { clientWidth, clientHeight } = map.getCanvas()
        const isInView = point.x >= 0 && point.y >= 0 && point.x <= clientWidth && point.y <= clientHeight
        told(isInView ? at(point.x, point.y) : [])
      })
    },
  }
}
