import { useEffect, useState } from 'react'
import { localStorageOrNone } from '../../lib/local-storage.ts'
import { firstPlace } from '../map/first-place.ts'
import { readLastPlace } from '../map/last-place.ts'
import { loadMapLibre } from '../map/load-maplibre.ts'
import type { MapSource } from '../map/map-source.ts'
import type { Start } from '../map/open-map.ts'
import { createStyleMap, type StyleMap } from './style-map.ts'

/** A map of styles for as long as the component is shown; null until it is there. @param start the place; null for the last one looked at. */
export function useStyleMap(source: MapSource, start: Start | null): { styleMap: StyleMap | null; error: unknown } {
  const [styleMap, setStyleMap] = useState<StyleMap | null>(null)
  const [error, setError] = useState<unknown>(null)
  // Where the map begins does not move it later.
  const [begin] = useState(start)

  useEffect(() => {
    let left = false
    let made: StyleMap | null = null
    async function make(): Promise<void> {
      const place = begin ?? (await firstPlace(source, readLastPlace(localStorageOrNone())))
      const maplibre = await loadMapLibre(source.base)
      if (left) return
      made = createStyleMap(maplibre, source, place)
      setStyleMap(made)
    }
    make().catch(setError)
    return () => {
      left = true
      setStyleMap(null)
      made?.end()
    }
  }, [source, begin])

  return { styleMap, error }
}
