import { type ReactNode, useEffect, useState } from 'react'
import { Page } from '../../app/shell/page.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Note } from '../../kit/note.tsx'
import { useObservable } from '../../lib/use-observable.ts'
import { usePortal, usePreferences } from '../../state/portal-context.tsx'
import { useScheme } from '../../state/use-scheme.ts'
import { ChartView } from './chart-view.tsx'
import classes from './map.module.css'
import { type MapSource, sourceOfSession, sourceOfToken } from './map-source.ts'
import { NoWebGl } from './no-webgl.tsx'
import { type MapStateHandle, useMapState } from './use-map-state.ts'
import { useMapLibre } from './use-maplibre.ts'

/** The map: inside the shell for signed-in users, alone for the bearer of a token. */
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
  return <ViewerFrame source={source}>{map}</ViewerFrame>
}

/** The map without the shell. It says when the server refuses the token, since there is no sign-in here. */
function ViewerFrame({ source, children }: { source: MapSource; children: ReactNode }) {
  const refused = useObservable(source.over)
  useEffect(() => {
    document.title = 'Map · Chartroom'
  }, [])
  return (
    <main className={classes.viewer}>
      <h1 className="visually-hidden">Map</h1>
      {refused ? (
        <div className={classes.message}>
          <Note icon="failed" kind="error">
            <p>The server does not know the token in the address of this page. It may have been revoked.</p>
            <p>
              Ask for a new link, or <a href={new URL('map', source.base).href}>sign in</a>.
            </p>
          </Note>
        </div>
      ) : (
        children
      )}
    </main>
  )
}

function LoadedMap({ handle, source }: { handle: MapStateHandle; source: MapSource }) {
  const { maplibre, canDraw, error, retry } = useMapLibre(source.base)

  if (!canDraw) return <NoWebGl base={source.base} />
  if (error !== null) {
    return (
      <div className={classes.message}>
        <ErrorNote error={error} onRetry={retry} />
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

/** Turns the whole portal dark red with the map, so that the chrome does not dazzle. */
function useNightScheme(on: boolean): void {
  const scheme = useScheme(usePreferences().scheme)
  useEffect(() => {
    document.documentElement.dataset['scheme'] = on ? 'night' : scheme
    return () => {
      document.documentElement.dataset['scheme'] = scheme
    }
  }, [on, scheme])
}
