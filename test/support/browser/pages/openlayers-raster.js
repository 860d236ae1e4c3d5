// A page as a user of OpenLayers writes it: the address of the tiles, nothing else.
window.chart = {
  problems: [],
  async open(tiles, center, zoom) {
    const map = new ol.Map({
      target: 'map',
      layers: [new ol.layer.Tile({ source: new ol.source.XYZ({ url: tiles, maxZoom: 22 }) })],
      view: new ol.View({ center: ol.proj.fromLonLat(center), zoom: zoom + 1 }),
    })
    await new Promise((resolve) => map.once('rendercomplete', resolve))
  },
}
