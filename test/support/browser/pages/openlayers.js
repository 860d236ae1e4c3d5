// A page as a user of OpenLayers writes it: the style by its address, nothing else.
// The classic builds of OpenLayers leave out these two lists of numbers, which the classic build of ol-mapbox-style needs.
ol.TileState ??= { IDLE: 0, LOADING: 1, LOADED: 2, ERROR: 3, EMPTY: 4 }
ol.ImageState ??= { IDLE: 0, LOADING: 1, LOADED: 2, ERROR: 3, EMPTY: 4 }

window.chart = {
  problems: [],
  async open(style, center, zoom) {
    const map = new ol.Map({
      target: 'map',
      view: new ol.View({ center: ol.proj.fromLonLat(center), zoom: zoom + 1 }),
    })
    await olms.apply(map, style)
    // The style may set its own centre, and the map without layers has already reported that it is drawn.
    map.getView().setCenter(ol.proj.fromLonLat(center))
    map.getView().setZoom(zoom + 1)
    const drawn = new Promise((resolve) => map.once('rendercomplete', resolve))
    map.render()
    await drawn
  },
}
