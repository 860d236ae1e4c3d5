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

/** Milliseconds of rest before the address is written: browsers refuse too many changes. */
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
  /** The camera that the address asked for when the page opened, also one of the page before this, or null. */
  asked: Camera | null
  /** Tells where the map is now, for the address. */
  moved(camera: Camera): void
  /** Called with the camera of an address that changed under the page: a link, or the history. */
  onAsked: { current: (camera: Camera) => void }
  token: string | undefined
}

/** The state of the map, which the address always holds whole. The unit of depths is a preference that an address may overrule. */
export function useMapState(): MapStateHandle {
  const { preferences } = usePortal()
  const search = useSearch({ from: '/shell/map' })
  const navigate = useNavigate()
  const router = useRouter()
  const [remembered] = useState(() => readRemembered(localStorageOrNone()))
  const [state, setState] = useState<MapState>(() =>
    stateOf(search, { ...remembered.display, units: preferences.get().depthUnit }),
  )
  const [nightScheme, setNightScheme] = useState(remembered.nightScheme)
  // Writing the address drops the fragment, often before the map is there.
  const [asked] = useState(() => readCamera(search.at) ?? cameraOfHash(window.location.hash))
  const [camera, setCamera] = useState<Camera | null>(asked)
  /** The address that is shown, then those that were written and are on their way. */
  const written = useRef([JSON.stringify(search)])
  const onAsked = useRef<(camera: Camera) => void>(() => {})

  useEffect(() => {
    const timer = setTimeout(() => {
      const view = viewOf(state, camera, search)
      const text = JSON.stringify(view)
      // Another page may be on its way.
      if (text === written.current.at(-1) || !router.latestLocation.pathname.endsWith('/map')) return
      written.current.push(text)
      void navigate({ to: '/map', search: view, replace: true, resetScroll: false })
    }, REST)
    return () => clearTimeout(timer)
  }, [state, camera, search, navigate, router])

  useEffect(() => {
    const text = JSON.stringify(search)
    const own = written.current.indexOf(text)
    // A slow page shows an address only after the next one was written; its state must not go back to it.
    if (own >= 0) {
      written.current.splice(0, own)
      return
    }
    written.current = [text]
    setState(({ display }) => stateOf(search, display))
    const place = readCamera(search.at)
    if (place !== null) onAsked.current(place)
  }, [search])

  useEffect(() => writeRemembered(localStorageOrNone(), { display: state.display, nightScheme }), [state.display, nightScheme])

  useEffect(() => {
    if (camera !== null) writeLastPlace(localStorageOrNone(), camera)
  }, [camera])

  return {
    state,
    change: useCallback((patch) => setState((before) => ({ ...before, ...patch })), []),
    changeDisplay: useCallback(
      (patch) => {
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

/** The address, its members in the order in which the router hands them out again. */
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
