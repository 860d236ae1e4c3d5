import { type RefObject, useEffect, useState } from 'react'
import { usePortal, usePreferences } from '../../../../state/portal-context.tsx'
import { useScheme } from '../../../../state/use-scheme.ts'
import { hasWebGl2, loadMapLibre } from '../../../map/load-maplibre.ts'
import { readCamera } from '../../../map/map-view.ts'
import { createOutlineMap, type OutlineMap } from './outline-map.ts'

export type LoadedMap =
  | { kind: 'loading' }
  | { kind: 'failed'; error: unknown }
  | { kind: 'none' }
  | { kind: 'map'; map: OutlineMap }

/** Makes the map in an element of the page, and removes it with the page. @param at its place, latitude, longitude and zoom. */
export function useOutlineMap(room: RefObject<HTMLElement | null>, at: string | undefined): { loaded: LoadedMap; again(): void } {
  const { base, session } = usePortal()
  const scheme = useScheme(usePreferences().scheme)
  const [loaded, setLoaded] = useState<LoadedMap>({ kind: 'loading' })
  // Only a new object resets the map; later places come from the map itself.
  const [start, setStart] = useState(() => ({ camera: readCamera(at) }))

  useEffect(() => {
    if (!hasWebGl2()) {
      setLoaded({ kind: 'none' })
      return
    }
    let left = false
    let made: OutlineMap | null = null
    setLoaded({ kind: 'loading' })
    loadMapLibre(base).then(
      (maplibre) => {
        if (left || room.current === null) return
        const options = { base, camera: start.camera, token: () => session.current.get()?.token ?? null }
        made = createOutlineMap(maplibre, room.current, { ...options, onUnauthorised: () => session.over.set(true) })
        setLoaded({ kind: 'map', map: made })
      },
      (error: unknown) => {
        if (!left) setLoaded({ kind: 'failed', error })
      },
    )
    return () => {
      left = true
      made?.end()
    }
  }, [base, session, room, start])

  const map = loaded.kind === 'map' ? loaded.map : null
  useEffect(() => map?.paint(scheme), [map, scheme])

  return { loaded, again: () => setStart((before) => ({ ...before })) }
}
