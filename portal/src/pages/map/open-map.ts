import type { LngLatLike, Map as MapLibreMap, StyleSpecification } from 'maplibre-gl'
import type { MapLibre } from './load-maplibre.ts'
import type { MapSource } from './map-source.ts'
import type { Camera } from './map-view.ts'

/** Where a map begins: a place, or a box of west, south, east and north. */
export type Start = { camera: Camera } | { box: [number, number, number, number] }

const EMPTY: StyleSpecification = { version: 8, sources: {}, layers: [] }

/**
 * Opens a map, flat and with north up, whose requests to the server carry the session or token of a source.
 *
 * @param options.style the first style; empty unless given.
 */
export function openMap(
  maplibre: MapLibre,
  source: Pick<MapSource, 'base' | 'token'>,
  container: HTMLElement,
  start: Start,
  { style = EMPTY, maxZoom = 20 }: { style?: StyleSpecification; maxZoom?: number } = {},
): MapLibreMap {
  const map = new maplibre.Map({
    container,
    style,
    ...('camera' in start
      ? { center: centreOf(start.camera), zoom: start.camera.zoom }
      : { bounds: start.box, fitBoundsOptions: { padding: 20, maxZoom: 13 } }),
    maxZoom,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    attributionControl: false,
    fadeDuration: 0,
    validateStyle: false,
    transformRequest: (url) =>
      url.startsWith(source.base) ? { url, headers: { authorization: `Bearer ${source.token() ?? ''}` } } : { url },
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  return map
}

export function centreOf({ longitude, latitude }: Camera): LngLatLike {
  return [longitude, latitude]
}
