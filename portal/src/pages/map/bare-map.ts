import type { LngLatLike, Map as MapLibreMap } from 'maplibre-gl'
import type { MapLibre } from './load-maplibre.ts'
import type { MapSource } from './map-source.ts'
import type { Camera } from './map-view.ts'

/** Where a map opens: a camera, or a box of west, south, east and north in degrees. */
export type MapStart = { camera: Camera } | { box: [number, number, number, number] }

/** Makes a map without a style, north up; it shows the token to the server of the source alone. */
export function createBareMap(maplibre: MapLibre, source: MapSource, start: MapStart, container: HTMLElement): MapLibreMap {
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

/** The longitude and latitude of a camera, as MapLibre takes them. */
export function centreOf({ longitude, latitude }: Camera): LngLatLike {
  return [longitude, latitude]
}
