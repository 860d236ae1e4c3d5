import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { Page } from '../../app/shell/page.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { usePortal, usePreferences } from '../../state/portal-context.tsx'
import { useScheme } from '../../state/use-scheme.ts'
import { ChartView } from './chart-view.tsx'
import { hasWebGl2, loadMapLibre, type MapLibre } from './load-maplibre.ts'
import classes from './map.module.css'
import { type MapSource, sourceOfSession, sourceOfToken } from './map-source.ts'
import { NoWebGl } from './no-webgl.tsx'
import { type MapStateHandle, useMapState } from './use-map-state.ts'

/** The map: in the shell for who has signed in, alone for the bearer of a token. */
export function MapPage() {
  const portal = usePortal()
  const handle = useMapState()
  const [source] = useState(() => (handle.token === undefined ? sourceOfSession(portal) : sourceOfToken(portal, handle.token)))
  useNightScheme(handle.nightScheme && handle.state.display.theme === 'night')

  const map = <LoadedMap handle={handle} source={source} />
  if (handle.token === undefined) {
    return (
      <Page title="Map" full>
        {map}
      </Page>
    )
  }
  return <ViewerFrame>{map}</ViewerFrame>
}

function ViewerFrame({ children }: { children: ReactNode }) {
  useEffect(() => {
    document.title = 'Map · Chartroom'
  }, [])
  return (
    <main className={classes.viewer}>
      <h1 className="visually-hidden">Map</h1>
      {children}
    </main>
  )
}

function LoadedMap({ handle, source }: { handle: MapStateHandle; source: MapSource }) {
  const [maplibre, setMapLibre] = useState<MapLibre | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [canDraw] = useState(hasWebGl2)

  const load = useCallback(() => {
    setError(null)
    loadMapLibre(source.base).then(setMapLibre, setError)
  }, [source])
  useEffect(() => {
    if (canDraw) load()
  }, [canDraw, load])

  if (!canDraw) return <NoWebGl base={source.base} />
  if (error !== null) {
    return (
      <div className={classes.message}>
        <ErrorNote error={error} onRetry={load} />
      </div>
    )
  }
  return maplibre === null ? (
    <div className={classes.message} aria-busy="true">
      <span className="visually-hidden">The map is loading</span>
    </div>
  ) : (
    <ChartView handle={handle} source={source} maplibre={maplibre} />
  )
}

/** Turns the whole portal dark red with the map, so that the chrome does not blind. */
function useNightScheme(on: boolean): void {
  const scheme = useScheme(usePreferences().scheme)
  useEffect(() => {
    document.documentElement.dataset['scheme'] = on ? 'night' : scheme
    return () => {
      document.documentElement.dataset['scheme'] = scheme
    }
  }, [on, scheme])
}
