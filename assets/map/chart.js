// The map itself: MapLibre with the style of the server.
import * as maplibre from './maplibre-gl.mjs'
import { addressOf, call, currentToken } from './session.js'
import { stylePath } from './settings.js'

maplibre.setWorkerUrl(new URL('./maplibre-gl-worker.mjs', import.meta.url).href)

/** Half the side of the square around a click, in pixels. */
const REACH = 12
/** Metres per pixel at zoom 0 on the equator, for tiles of 512 pixels. */
const METRES_PER_PIXEL = 78_271.517

/** Opens the map. @param onClick receives position, radius in metres and zoom. */
export async function openChart(container, settings, onClick) {
  const style = await call(stylePath(settings))
  const map = new maplibre.Map({
    container,
    style,
    hash: true,
    maxZoom: 20,
    dragRotate: false,
    touchPitch: false,
    attributionControl: { compact: false },
    ...(location.hash === '' && { bounds: await chartBounds(), fitBoundsOptions: { padding: 20, maxZoom: 13 } }),
    transformRequest: (url) =>
      url.startsWith(addressOf('/')) ? { url, headers: { authorization: `Bearer ${currentToken()}` } } : { url },
  })
  map.touchZoomRotate.disableRotation()
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), 'top-right')
  map.addControl(new maplibre.ScaleControl({ unit: 'nautical' }), 'bottom-left')
  map
    .getCanvas()
    .setAttribute('aria-label', 'Nautical chart. Arrow keys move it, plus and minus zoom, Enter asks what is in the middle.')
  const ask = ({ lng, lat }) => {
    const { lng: longitude } = new maplibre.LngLat(lng, lat).wrap()
    const metres = (METRES_PER_PIXEL * Math.cos((lat * Math.PI) / 180) * REACH) / 2 ** map.getZoom()
    onClick({ longitude, latitude: Math.max(-85, Math.min(85, lat)) }, Math.min(50_000, Math.round(metres)), map.getZoom())
  }
  map.on('click', ({ lngLat }) => ask(lngLat))
  map.getCanvas().addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') ask(map.getCenter())
  })
  return map
}

/** Changes the style; only what differs is drawn again. */
export async function restyle(map, settings) {
  // The server sends valid styles; checking them again would take most of the time of a change.
  map.setStyle(await call(stylePath(settings)), { validate: false })
}

/** The box of the most detailed chart among the first; the whole world without charts. */
async function chartBounds() {
  const { cells } = await call('/api/v1/cells?limit=200')
  const [finest] = cells.filter(({ bbox: [west, , east] }) => west < east).sort((a, b) => a.compilationScale - b.compilationScale)
  if (finest === undefined) return [-170, -60, 170, 70]
  return finest.bbox
}
