import type { Geometry } from 'geojson'
import type { GeoJSONSource, MapLibreEvent, Map as MapLibreMap } from 'maplibre-gl'
import { isAbort } from '../../api/errors.ts'
import { createObservable, type Observable } from '../../lib/observable.ts'
import { applyChanges, showGroups } from './apply-layer-changes.ts'
import { chartDocument, PICKED, pickedData, type StyleDocument, styleQuery } from './chart-document.ts'
import { createKeptDocuments } from './kept-documents.ts'
import type { MapLibre } from './load-maplibre.ts'
import type { MapSource } from './map-source.ts'
import type { Camera, Display } from './map-view.ts'
import { assertStyle, statusOf } from './maplibre-values.ts'
import { centreOf, openMap, type Start } from './open-map.ts'
import { wrapped } from './rhumb.ts'
import { styleChanges } from './style-changes.ts'

/** Milliseconds after the last change until the style is fetched: a slider makes many changes. */
const PATIENCE = 150

export interface ChartMap {
  map: MapLibreMap
  /** The element that holds the map; both move from page to page together. */
  element: HTMLElement
  /** What went wrong last, in a sentence; null when all is well. */
  problem: Observable<string | null>
  /** The document that is shown; null until there is one. */
  shown: Observable<StyleDocument | null>
  /** Settles once the chart has been completely drawn for the first time. */
  drawn: Promise<void>
  show(display: Display): void
  pick(geometry: Geometry | null): void
  camera(): Camera
  go(camera: Camera): void
  end(): void
}

/** Makes a map of the charts of a source, on a place or on a box of west, south, east and north. */
export function createChartMap(maplibre: MapLibre, source: MapSource, start: Start): ChartMap {
  const element = document.createElement('div')
  const map = openMap(maplibre, source, element, start)

  const problem = createObservable<string | null>(null)
  const shown = createObservable<StyleDocument | null>(null)
  const documents = createKeptDocuments()
  let wanted: Display | null = null
  let picked: Geometry | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let reading: AbortController | null = null
  /** Whether the style that MapLibre has is loaded: only then does it take changes of layers. */
  let ready = false
  let current: { key: string; document: StyleDocument } | null = null

  map.on('error', (event) => {
    const { error } = event
    if (statusOf(error) === 401) source.over.set(true)
    else if (!isAbort(error)) problem.set(error.message === 'Failed to fetch' ? 'The server does not answer.' : error.message)
  })
  map.on('style.load', () => {
    ready = true
  })
  map.on('idle', () => problem.set(null))
  const drawn = new Promise<void>((resolve) => {
    map.on('idle', () => {
      if (shown.get() !== null) resolve()
    })
  })
  const stopRenewed = source.onRenewed(() => {
    if (source.token() !== null && map.getSource('enc') !== undefined) map.refreshTiles('enc')
  })

  function apply(key: string, document: StyleDocument, display: Display): void {
    const next = chartDocument(document, display, picked)
    const from = performance.now()
    const before = shown.get()
    const changes = ready && before !== null ? styleChanges(before, next) : null
    if (changes === null) {
      ready = false
      assertStyle(next)
      map.setStyle(next, { diff: true, validate: false })
    } else applyChanges(map, changes)
    measureChange(map, from)
    current = { key, document }
    shown.set(next)
  }

  async function fetchStyle(display: Display): Promise<void> {
    const key = JSON.stringify(styleQuery(display))
    reading?.abort()
    reading = new AbortController()
    const { signal } = reading
    try {
      const document = await documents.get(key, () => source.style(display, signal))
      // The groups may have changed while the document was on its way.
      apply(key, document, { ...display, hidden: wanted?.hidden ?? display.hidden })
    } catch (error) {
      if (!isAbort(error)) problem.set(error instanceof Error ? error.message : String(error))
    }
  }

  return {
    map,
    element,
    problem,
    shown,
    drawn,
    show(display) {
      performance.mark('display asked')
      const key = JSON.stringify(styleQuery(display))
      wanted = display
      clearTimeout(timer)
      if (current?.key === key) {
        reading?.abort()
        const from = performance.now()
        showGroups(map, current.document, display)
        measureChange(map, from)
        shown.set(chartDocument(current.document, display, picked))
      } else timer = setTimeout(() => void fetchStyle(display), current === null ? 0 : PATIENCE)
    },
    pick(geometry) {
      picked = geometry
      map.getSource<GeoJSONSource>(PICKED)?.setData(pickedData(geometry))
    },
    camera: () => cameraOf(map),
    go: (camera) => void map.jumpTo({ center: centreOf(camera), zoom: camera.zoom }),
    end() {
      clearTimeout(timer)
      reading?.abort()
      stopRenewed()
      map.remove()
      element.remove()
    },
  }
}

/** For the browser's performance panel: until the map has the change, and until the next frame is drawn with it. */
function measureChange(map: MapLibreMap, start: number): void {
  performance.measure('display change', { start })
  map.once('render', () => performance.measure('display change drawn', { start }))
}

export function cameraOf(map: MapLibreMap): Camera {
  const { lng, lat } = map.getCenter()
  return { longitude: wrapped(lng), latitude: lat, zoom: map.getZoom() }
}

/** Calls back once a frame at most while a map moves, and once after. @returns what stops it. */
export function onMoved(map: MapLibreMap, listener: () => void): () => void {
  let frame = 0
  const soon = (_event: MapLibreEvent): void => {
    if (frame !== 0) return
    frame = requestAnimationFrame(() => {
      frame = 0
      listener()
    })
  }
  map.on('move', soon)
  map.on('resize', soon)
  return () => {
    cancelAnimationFrame(frame)
    map.off('move', soon)
    map.off('resize', soon)
  }
}
