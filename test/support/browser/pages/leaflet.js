import * as maplibregl from '/modules/maplibre-gl/dist/maplibre-gl.mjs'

// The plugin is an old kind of script that takes MapLibre from the window.
window.maplibregl = maplibregl
await new Promise((resolve, reject) => {
  const script = document.createElement('script')
  script.src = '/modules/@maplibre/maplibre-gl-leaflet/leaflet-maplibre-gl.js'
  script.onload = resolve
  script.onerror = reject
  document.head.append(script)
})

const problems = []
window.chart = {
  problems,
  async open(style, center, zoom) {
    const map = L.map('map', { fadeAnimation: false, zoomAnimation: false }).setView([center[1], center[0]], zoom + 1)
    const layer = L.maplibreGL({ style, canvasContextAttributes: { preserveDrawingBuffer: true }, fadeDuration: 0 }).addTo(map)
    const charts = layer.getMaplibreMap()
    charts.on('error', ({ error }) => problems.push(`error: ${error?.message ?? error}`))
    charts.on('styleimagemissing', ({ id }) => problems.push(`missing image: ${id}`))
    await new Promise((resolve) => charts.once('idle', resolve))
  },
}
