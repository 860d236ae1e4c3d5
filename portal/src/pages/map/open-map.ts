import type { LngLatLike, Map as MapLibreMap } from 'maplibre-gl'
import type { MapLibre } from './load-maplibre.ts'
import type { MapSource } from './map-source.ts'
import type { Camera } from './map-view.ts'

/** Where a map begins: a place, or a box of west, south, east and north. */
export type Start = { camera: Camera } | { box: [number, number, number, number] }

/** Opens an empty map, flat and with north up, whose requests to the server carry the session or token of a source. */
export function openMap(
  maplibre: MapLibre,
  source: Pick<MapSource, 'base' | 'token'>,
  container: HTMLElement,
  start: Start,
): MapLibreMap {
  const map = new maplibre.Map({
    container,
    style: { version: 8, sources: {}, layers: [] },
    ...('camera' in start
      ? { center: centreOf(start.camera), zoom: start.camera.zoom }
      : { bounds: start.box, fitBoundsOptions: { padding: 20, maxZoom: 13 } }),
    maxZoom: 20,
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
