import * as maplibregl from '/modules/maplibre-gl/dist/maplibre-gl.mjs'

// The tests call these; each problem is a text in `problems`.
const problems = []
let map = null

const idle = () => new Promise((resolve) => map.once('idle', resolve))

window.chart = {
  problems,
  map: () => map,
  async open(style, center, zoom) {
    map = new maplibregl.Map({
      container: 'map',
      style,
      center,
      zoom,
      fadeDuration: 0,
      attributionControl: false,
      canvasContextAttributes: { preserveDrawingBuffer: true },
    })
    map.on('error', ({ error }) => problems.push(`error: ${error?.message ?? error}`))
    map.on('styleimagemissing', ({ id }) => problems.push(`missing image: ${id}`))
    await idle()
  },
  async go(center, zoom) {
    const done = idle()
    map.jumpTo({ center, zoom })
    map.triggerRepaint()
    await done
  },
  /** Loads another style; resolves with the milliseconds until it is drawn in full. */
  async setStyle(style) {
    const start = performance.now()
    const done = idle()
    map.setStyle(style)
    await done
    return performance.now() - start
  },
}
window.dispatchEvent(new Event('chart-ready'))
