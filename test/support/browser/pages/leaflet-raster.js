// A page as a user of Leaflet writes it: the address of the tiles, nothing else.
window.chart = {
  problems: [],
  async open(tiles, center, zoom) {
    const map = L.map('map', { fadeAnimation: false, zoomAnimation: false }).setView([center[1], center[0]], zoom + 1)
    const layer = L.tileLayer(tiles)
    const drawn = new Promise((resolve) => layer.once('load', resolve))
    layer.addTo(map)
    await drawn
  },
}
