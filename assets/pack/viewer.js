// The page of an offline pack. It needs no network: a page opened from a folder may load scripts, so all it needs is in data.js.
;(() => {
  const pack = globalThis.CHART_PACK
  const byId = (id) => document.getElementById(id)
  const names = { day: 'Day', dusk: 'Dusk', night: 'Night' }

  const textUrl = (text) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))

  async function loadMapLibre() {
    const shared = textUrl(pack.modules['maplibre-gl-shared.mjs'])
    const load = (name) => textUrl(pack.modules[name].replaceAll('./maplibre-gl-shared.mjs', shared))
    const maplibre = await import(load('maplibre-gl.mjs'))
    maplibre.setWorkerUrl(load('maplibre-gl-worker.mjs'))
    return maplibre
  }

  function bytesOf(base64) {
    const text = atob(base64)
    return Uint8Array.from(text, (letter) => letter.charCodeAt(0)).buffer
  }

  /** Answers `pack://tiles/z/x/y` from the archive, and `pack://files/...` from data.js. */
  function answerPack(archive) {
    return async ({ url, type }, { signal } = {}) => {
      const [, kind, rest] = /^pack:\/\/(\w+)\/(.*)$/.exec(url)
      if (kind === 'tiles') {
        const [z, x, y] = rest.split('/').map(Number)
        const tile = await archive.getZxy(z, x, y, signal)
        if (tile !== undefined) return { data: tile.data }
        return { data: pack.kind === 'vector' ? new ArrayBuffer(0) : await clearPixel() }
      }
      const content = pack.files[decodeURIComponent(rest)]
      // A font has no glyphs for most ranges.
      if (content === undefined) return { data: type === 'json' ? {} : new ArrayBuffer(0) }
      const data = bytesOf(content)
      return { data: type === 'json' ? JSON.parse(new TextDecoder().decode(data)) : data }
    }
  }

  let pixel = null
  async function clearPixel() {
    pixel ??= new OffscreenCanvas(1, 1).convertToBlob().then((blob) => blob.arrayBuffer())
    return await pixel
  }

  async function show(source) {
    const archive = new pmtiles.PMTiles(source)
    await archive.getHeader()
    const maplibre = await loadMapLibre()
    maplibre.addProtocol('pack', answerPack(archive))
    byId('open').hidden = true
    const [west, south, east, north] = pack.box
    const map = new maplibre.Map({
      container: 'map',
      style: pack.styles[pack.theme],
      hash: true,
      minZoom: Math.max(0, pack.minZoom - 1),
      maxZoom: pack.maxZoom + 3,
      dragRotate: false,
      touchPitch: false,
      ...(location.hash === '' && {
        bounds: [west, south, west > east ? east + 360 : east, north],
        fitBoundsOptions: { padding: 20 },
      }),
    })
    map.touchZoomRotate.disableRotation()
    map.addControl(new maplibre.NavigationControl({ showCompass: false }), 'top-right')
    map.addControl(new maplibre.ScaleControl({ unit: 'nautical' }), 'bottom-right')
    globalThis.chartroomMap = map
    map.on('idle', () => document.body.setAttribute('data-state', 'drawn'))
    map.on('error', ({ error }) => console.error(error))
    offerThemes(map)
  }

  function offerThemes(map) {
    const form = byId('themes')
    const themes = Object.keys(pack.styles)
    const choose = (theme) => {
      document.body.className = theme
      for (const button of form.children) button.setAttribute('aria-pressed', String(button.value === theme))
    }
    for (const theme of themes) {
      const button = document.createElement('button')
      button.type = 'button'
      button.value = theme
      button.textContent = names[theme]
      button.addEventListener('click', () => {
        document.body.removeAttribute('data-state')
        choose(theme)
        map.setStyle(pack.styles[theme], { validate: false })
      })
      form.append(button)
    }
    form.hidden = themes.length < 2
    choose(pack.theme)
  }

  /** Asks for the archive: a page that was opened from a folder may not read the files beside it. */
  function askForFile(reason) {
    byId('why').textContent = reason
    byId('archive').textContent = pack.archive
    byId('open').hidden = false
    const open = (file) => {
      if (file === undefined) return
      byId('why').textContent = 'Opening ...'
      show(new pmtiles.FileSource(file)).catch((error) => {
        console.error(error)
        byId('open').hidden = false
        byId('why').textContent = `${file.name} could not be opened: choose the file ${pack.archive} of this folder.`
      })
    }
    byId('file').addEventListener('change', () => open(byId('file').files[0]))
    addEventListener('dragover', (event) => event.preventDefault())
    addEventListener('drop', (event) => {
      event.preventDefault()
      open(event.dataTransfer.files[0])
    })
  }

  document.title = pack.name
  if (location.protocol === 'file:') askForFile('The browser needs your permission to read the charts beside this page.')
  else {
    show(new pmtiles.FetchSource(new URL(pack.archive, location.href).href)).catch((error) => {
      console.error(error)
      askForFile(`${pack.archive} could not be read from this server, which must answer range requests.`)
    })
  }
})()
