import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useRef, useState } from 'react'
import { localStorageOrNone } from '../../lib/local-storage.ts'
import { usePortal } from '../../state/portal-context.tsx'
import { writeLastPlace } from './last-place.ts'
import {
  type Camera,
  cameraOfHash,
  type Display,
  displayOf,
  type MapView,
  readCamera,
  readLine,
  readPoint,
  type Tool,
  viewOfDisplay,
  writeCamera,
  writeLine,
  writePoint,
} from './map-view.ts'
import { readRemembered, writeRemembered } from './remembered.ts'
import type { Position } from './rhumb.ts'

/** Milliseconds of rest before the URL is written, because browsers refuse too many changes. */
const REST = 200

/** What the map shows besides its camera. */
export interface MapState {
  display: Display
  pick: Position | null
  line: readonly Position[]
  tool: Tool | null
  panel: 'reports' | null
}

export interface MapStateHandle {
  state: MapState
  change(patch: Partial<MapState>): void
  changeDisplay(patch: Partial<Display>): void
  nightScheme: boolean
  setNightScheme(on: boolean): void
  /** The camera in the URL when the page opened, also in the form of the earlier map page; null without one. */
  asked: Camera | null
  /** Takes the current place of the map, for the URL. */
  moved(camera: Camera): void
  /** Called with the camera of a URL that changed while the page was open, by a link or the history. */
  onAsked: { current: (camera: Camera) => void }
  token: string | undefined
}

/** The state of the map, which the URL always holds completely. The unit of depths is a preference that a URL may override. */
export function useMapState(): MapStateHandle {
  const { preferences } = usePortal()
  const search = useSearch({ from: '/shell/map' })
  const navigate = useNavigate()
  const router = useRouter()
  const [remembered] = useState(() => readRemembered(localStorageOrNone()))
  const [state, setState] = useState<MapState>(() => {
    const { depthUnit, scheme } = preferences.get()
    const theme = scheme === 'night' ? scheme : remembered.display.theme
    return stateOf(search, { ...remembered.display, theme, units: depthUnit })
  })
  /** Whether the user has chosen the theme of this map. */
  const isThemeChosen = useRef(false)
  const [nightScheme, setNightScheme] = useState(remembered.nightScheme)
  // Writing the URL drops the fragment, often before the map is ready.
  const [asked] = useState(() => readCamera(search.at) ?? cameraOfHash(window.location.hash))
  const [camera, setCamera] = useState<Camera | null>(asked)
  /** The current URL, then those that were written and have not arrived yet. */
  const written = useRef([JSON.stringify(search)])
  const onAsked = useRef<(camera: Camera) => void>(() => {})

  useEffect(() => {
    const timer = setTimeout(() => {
      const view = viewOf(state, camera, search)
      const text = JSON.stringify(view)
      // The user may be navigating to another page.
      if (text === written.current.at(-1) || !router.latestLocation.pathname.endsWith('/map')) return
      written.current.push(text)
      void navigate({ to: '/map', search: view, replace: true, resetScroll: false })
    }, REST)
    return () => clearTimeout(timer)
  }, [state, camera, search, navigate, router])

  useEffect(() => {
    const text = JSON.stringify(search)
    const own = written.current.indexOf(text)
    // A slow page may receive a URL only after the next one was written; its state must not go back.
    if (own >= 0) {
      written.current.splice(0, own)
      return
    }
    written.current = [text]
    setState(({ display }) => stateOf(search, display))
    const place = readCamera(search.at)
    if (place !== null) onAsked.current(place)
  }, [search])

  useEffect(() => {
    // The next map by day must not be a night map only because the portal had its night scheme.
    const isOfScheme = state.display.theme === 'night' && preferences.get().scheme === 'night' && !isThemeChosen.current
    const display = isOfScheme ? { ...state.display, theme: remembered.display.theme } : state.display
    writeRemembered(localStorageOrNone(), { display, nightScheme })
  }, [state.display, nightScheme, preferences, remembered])

  useEffect(() => {
    if (camera !== null) writeLastPlace(localStorageOrNone(), camera)
  }, [camera])

  return {
    state,
    change: useCallback((patch) => setState((before) => ({ ...before, ...patch })), []),
    changeDisplay: useCallback(
      (patch) => {
        if (patch.theme !== undefined) isThemeChosen.current = true
        if (patch.units !== undefined) preferences.set({ ...preferences.get(), depthUnit: patch.units })
        setState((before) => ({ ...before, display: { ...before.display, ...patch } }))
      },
      [preferences],
    ),
    nightScheme,
    setNightScheme,
    asked,
    moved: setCamera,
    onAsked,
    token: search.token,
  }
}

function stateOf(view: MapView, display: Display): MapState {
  return {
    display: displayOf(view, display),
    pick: readPoint(view.pick),
    line: readLine(view.line),
    tool: view.tool ?? null,
    panel: view.panel ?? null,
  }
}

/** The search parameters, in the order in which the router returns them. */
function viewOf({ display, pick, line, tool, panel }: MapState, camera: Camera | null, search: MapView): MapView {
  const at = camera === null ? search.at : writeCamera(camera)
  return {
    ...(at === undefined ? {} : { at }),
    ...viewOfDisplay(display),
    ...(pick === null ? {} : { pick: writePoint(pick) }),
    ...(line.length === 0 ? {} : { line: writeLine(line) }),
    ...(tool === null ? {} : { tool }),
    ...(panel === null ? {} : { panel }),
    ...(search.token === undefined ? {} : { token: search.token }),
  }
}
