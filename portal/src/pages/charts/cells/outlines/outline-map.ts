import type { ExpressionSpecification, GeoJSONSource, Map as MapLibreMap, StyleSpecification } from 'maplibre-gl'
import type { MapLibre } from '../../../map/load-maplibre.ts'
import type { Camera } from '../../../map/map-view.ts'
import { statusOf } from '../../../map/maplibre-values.ts'
import { openMap } from '../../../map/open-map.ts'
import { wrapped } from '../../../map/rhumb.ts'
import { type Box, boxAround, type Outline } from './chart-shapes.ts'

/** What the map needs of the portal. */
export interface OutlineMapOptions {
  /** Address of the portal, with a slash at its end. */
  base: string
  token(): string | null
  onUnauthorised(): void
  /** Null shows all outlines. */
  camera: Camera | null
}

/** The map beside the list of charts: land, and the outline of each chart. */
export interface OutlineMap {
  map: MapLibreMap
  /** Replaces the outlines. */
  show(outlines: readonly Outline[]): void
  /** Highlights an outline above the others; null for none. */
  light(which: 'pointed' | 'chosen', outline: Outline | null): void
  /** Takes the colours of a scheme of the page. */
  paint(scheme: string): void
  /** Shows all of these outlines. */
  fit(outlines: readonly { box: Box }[]): void
  /** The part of the world in view. */
  view(): Box
  camera(): Camera
  end(): void
}

/** The colours of the page that the map takes; MapLibre cannot read them from the style sheet. */
const COLOURS = {
  water: '--surface',
  land: '--bone',
  shore: '--line',
  outline: '--muted',
  pointed: '--text',
  chosen: '--focus',
} as const

const WORLD = { longitude: 0, latitude: 20, zoom: 0 }
const FIT = { padding: 24, maxZoom: 12, animate: false } as const
const LIT = ['chosen', 'pointed'] as const

export function createOutlineMap(maplibre: MapLibre, container: HTMLElement, options: OutlineMapOptions): OutlineMap {
  const { base, camera } = options
  const map = openMap(maplibre, options, container, { camera: camera ?? WORLD }, { style: styleOf(base), maxZoom: 17 })
  map
    .getCanvas()
    .setAttribute(
      'aria-label',
      'Outlines of the charts. Arrow keys move them, plus and minus zoom; the table has the same charts.',
    )
  map.on('error', (event) => {
    // Without tiles there is no land, but the outlines are still there.
    if (statusOf(event.error) === 401) options.onUnauthorised()
  })
  map.on('sourcedata', ({ sourceId, isSourceLoaded }) => {
    if (sourceId === 'outlines' && isSourceLoaded && shown) map.once('render', () => performance.mark('outlines drawn'))
  })
  const source = (name: string) => map.getSource<GeoJSONSource>(name)
  /** What was requested before the style was loaded. */
  const later = new Map<string, () => void>()
  let ready = false
  let ended = false
  let shown = false
  let painted = ''
  map.on('style.load', () => {
    ready = true
    for (const run of later.values()) run()
  })
  const whenReady = (what: string, run: () => void): void => {
    if (ready) run()
    else later.set(what, run)
  }

  return {
    map,
    show: (outlines) =>
      whenReady('show', () => {
        source('outlines')?.setData(collection(outlines))
        shown = true
      }),
    light: (which, outline) => whenReady(which, () => void source(which)?.setData(collection(outline === null ? [] : [outline]))),
    paint(scheme) {
      if (scheme === painted) return
      painted = scheme
      // The page itself changes its scheme at the same moment.
      requestAnimationFrame(() => {
        if (!ended) whenReady('paint', () => paintOf(map))
      })
    },
    fit(outlines) {
      const box = boxAround(outlines)
      if (box !== null) map.fitBounds(box, FIT)
    },
    view() {
      const bounds = map.getBounds()
      const [west, east] = [bounds.getWest(), bounds.getEast()]
      if (east - west >= 360) return [-180, bounds.getSouth(), 180, bounds.getNorth()]
      const start = wrapped(west)
      return [start, bounds.getSouth(), start + east - west, bounds.getNorth()]
    },
    camera() {
      const { lng, lat } = map.getCenter()
      return { longitude: wrapped(lng), latitude: lat, zoom: map.getZoom() }
    },
    end() {
      ended = true
      map.remove()
    },
  }
}

function collection(outlines: readonly Outline[]) {
  const features = outlines.map(({ polygons }) => ({
    type: 'Feature' as const,
    properties: {},
    geometry: { type: 'MultiPolygon' as const, coordinates: polygons },
  }))
  return { type: 'FeatureCollection' as const, features }
}

function styleOf(base: string): StyleSpecification {
  const none = collection([])
  const empty = { type: 'geojson', data: none, tolerance: 0.2, buffer: 8 } as const
  return {
    version: 8,
    sources: {
      charts: { type: 'vector', tiles: [`${base}api/v2/tiles/enc-v2/{z}/{x}/{y}.mvt`], maxzoom: 16 },
      outlines: empty,
      pointed: empty,
      chosen: empty,
    },
    layers: [
      { id: 'water', type: 'background' },
      ...(['basemap_land', 's57_lndare'] as const).map((layer) => ({
        id: layer,
        type: 'fill' as const,
        source: 'charts',
        'source-layer': layer,
      })),
      { id: 'outlines', type: 'line', source: 'outlines', paint: { 'line-width': 1, 'line-opacity': outlineOpacity() } },
      ...LIT.flatMap((which) => [
        { id: `${which}_fill`, type: 'fill' as const, source: which, paint: { 'fill-opacity': 0.12 } },
        { id: which, type: 'line' as const, source: which, paint: { 'line-width': which === 'chosen' ? 3 : 2 } },
      ]),
    ],
  }
}

/** Thousands of outlines overlap while the whole world is shown. */
function outlineOpacity(): ExpressionSpecification {
  return ['interpolate', ['linear'], ['zoom'], 2, 0.45, 7, 0.85]
}

function paintOf(map: MapLibreMap): void {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: keyof typeof COLOURS) => style.getPropertyValue(COLOURS[name]).trim()
  map.setPaintProperty('water', 'background-color', colour('water'))
  for (const layer of ['basemap_land', 's57_lndare']) {
    map.setPaintProperty(layer, 'fill-color', colour('land'))
    map.setPaintProperty(layer, 'fill-outline-color', colour('shore'))
  }
  map.setPaintProperty('outlines', 'line-color', colour('outline'))
  for (const which of LIT) {
    map.setPaintProperty(which, 'line-color', colour(which))
    map.setPaintProperty(`${which}_fill`, 'fill-color', colour(which))
  }
}
