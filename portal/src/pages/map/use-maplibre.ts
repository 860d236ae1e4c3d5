import { useCallback, useEffect, useState } from 'react'
import { hasWebGl2, loadMapLibre, type MapLibre } from './load-maplibre.ts'

/** MapLibre once it is loaded; null until then, and for ever where `canDraw` is false because the browser has no WebGL 2. */
export function useMapLibre(base: string): { maplibre: MapLibre | null; canDraw: boolean; error: unknown; retry(): void } {
  const [maplibre, setMapLibre] = useState<MapLibre | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [canDraw] = useState(hasWebGl2)
  const load = useCallback(() => {
    setError(null)
    loadMapLibre(base).then(setMapLibre, setError)
  }, [base])
  useEffect(() => {
    if (canDraw) load()
  }, [canDraw, load])
  return { maplibre, canDraw, error, retry: load }
}
