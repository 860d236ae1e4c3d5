// A WMTS client: it knows only the address of the capabilities, and takes the first layer that they offer.
window.chart = {
  problems: [],
  async open(address, center, zoom) {
    const capabilities = new ol.format.WMTSCapabilities().read(await (await fetch(address)).text())
    const layer = capabilities.Contents.Layer[0].Identifier
    const map = new ol.Map({
      target: 'map',
      layers: [
        new ol.layer.Tile({
          source: new ol.source.WMTS(ol.source.WMTS.optionsFromCapabilities(capabilities, { layer })),
        }),
      ],
      view: new ol.View({ center: ol.proj.fromLonLat(center), zoom: zoom + 1 }),
    })
    await new Promise((resolve) => map.once('rendercomplete', resolve))
  },
}
