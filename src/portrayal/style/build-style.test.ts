import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { featureFilter, validateStyleMin } from '@maplibre/maplibre-gl-style-spec'
import { TOKENS } from '#portrayal/palette/tokens.ts'
import { portrayedClasses } from '#portrayal/table/portrayal-of.ts'
import { NOAA_CLASSES } from '#test/noaa-classes.ts'
import { buildStyle } from './build-style.ts'
import { STYLE_DEFAULTS, type StyleOptions } from './style-options.ts'
import { createStyleTemplates } from './style-template.ts'

const SERVER = { base: 'https://charts.test:9909', assets: 'https://charts.test:9909/api/v1/static/1' }
const build = (options: Partial<StyleOptions> = {}) => buildStyle({ ...STYLE_DEFAULTS, ...SERVER, ...options })
const ids = (options: Partial<StyleOptions> = {}) => build(options).layers.map(({ id }) => id)
const visible = (options: Partial<StyleOptions>) =>
  build(options)
    .layers.filter(({ layout }) => layout?.visibility !== 'none')
    .map(({ id }) => id)

/** Every pair of values of the first three options, with each switch on and off in one of them. */
function combinations(): Partial<StyleOptions>[] {
  const all: Partial<StyleOptions>[] = []
  for (const theme of ['day', 'dusk', 'night'] as const)
    for (const depthUnits of ['meters', 'feet', 'fathoms'] as const)
      for (const iconSet of ['enc-day', 'simplified', 'paper'])
        for (const on of [false, true]) {
          const boundaries = on ? ('full' as const) : all.length % 4 === 0 && ('lines' as const)
          all.push({
            ...{ theme, depthUnits, iconSet, showMaritimeBoundaries: boundaries },
            ...{ roundOffSoundings: on, showLightSectors: !on, showEncBoundaries: on, showPlaceNames: !on, showOverscale: on },
            ...{ showNoData: on, showSatellite: on, maskLandAreas: on, soundingOpacity: on ? 0.5 : 1, depthLimit: on ? 0 : 12.3 },
            ...{ satelliteTileUrl: on ? 'https://img.test/{z}/{x}/{y}.jpg' : null, font: on ? 'Open Sans' : null },
          })
        }
  return all
}

test('styles are valid for every theme, unit and icon set, with switches on and off', () => {
  for (const options of combinations()) {
    const errors = validateStyleMin(build(options))
    assert.deepEqual(
      errors.map(({ message }) => message),
      [],
      JSON.stringify(options),
    )
  }
})

test('a caller with the classes of NOAA charts gets at most 200 layers, and a document under 300 kB with all classes', () => {
  for (const options of combinations()) {
    const extra = options.showMaritimeBoundaries === 'full' ? 5 : 0
    const count = ids({ ...options, classes: new Set(NOAA_CLASSES) }).length
    assert.ok(count <= 200 + extra, `${count} layers: ${JSON.stringify(options)}`)
    const size = JSON.stringify(build(options)).length
    assert.ok(size < 300_000, `${size} bytes: ${JSON.stringify(options)}`)
  }
})

test('the same options give the same style', () => {
  assert.deepEqual(build({ theme: 'dusk', depthLimit: 4 }), build({ theme: 'dusk', depthLimit: 4 }))
})

test('a style does not depend on the styles that were built before it', () => {
  for (const depthLimit of [0, 2, 3, 12.3, 30, 45]) {
    for (const theme of ['day', 'night'] as const) {
      const plain = { shallowDepth: 1, deepDepth: 20, areaBoundaries: 'plain' as const }
      const onRequest = {
        twoShades: true,
        shallowPattern: true,
        isolatedShallow: true,
        showLowAccuracy: true,
        showFullSectorLegs: true,
      }
      for (const more of [{}, onRequest, { iconSet: 'paper', depthUnits: 'feet' as const }, plain]) {
        const options = { ...STYLE_DEFAULTS, ...SERVER, theme, depthLimit, ...more }
        assert.deepEqual(buildStyle(options), buildStyle(options, createStyleTemplates()), JSON.stringify(options))
      }
    }
  }
})

test('layer ids are unique, and those of classes do not depend on the other classes', () => {
  const all = ids()
  assert.equal(new Set(all).size, all.length)
  for (const classes of [
    ['BOYLAT', 'DEPARE'],
    ['LNDMRK', 'SOUNDG', 'LIGHTS'],
  ]) {
    const few = ids({ classes: new Set(classes) })
    const own = new RegExp(`^s57_(${classes.join('|').toLowerCase()})(_\\d+)?$`)
    assert.deepEqual(few.filter((id) => id.startsWith('s57_')).sort(), all.filter((id) => own.test(id)).sort())
  }
})

test('without the classes of a caller no layer reads theirs', () => {
  const layers = build({ classes: new Set(['DEPARE']) }).layers
  const sources = layers.flatMap((layer) => ('source-layer' in layer && layer['source-layer'] ? [layer['source-layer']] : []))
  assert.deepEqual(
    new Set(sources),
    new Set(['basemap_land', 'chart_cells', 's57_depare', 'area_lines', 'depth_boundaries', 'scale_boundaries']),
  )
})

test('every portrayed class has a layer of its own or a place in the layers of areas', () => {
  const text = JSON.stringify(build({ showMaritimeBoundaries: 'full' }))
  const drawn = (name: string) => text.includes(`"s57_${name.toLowerCase()}"`) || text.includes(`"${name}"`)
  const missing = portrayedClasses().filter((name) => !drawn(name))
  const aboutData = ['M_ACCY', 'M_COVR', 'M_CSCL', 'M_HOPA', 'M_NPUB', 'M_SDAT', 'M_SREL', 'M_VDAT']
  assert.deepEqual(
    missing.filter((name) => !aboutData.includes(name)),
    ['TOPMAR'],
  )
})

test('text lies above symbols, important text above other text, and lights above other symbols', () => {
  const layers = build().layers
  const at = (id: string) => layers.findIndex((layer) => layer.id === id)
  assert.ok(at('area_text_important') > at('area_text_aids'))
  assert.ok(at('area_text_aids') > at('area_text_places'))
  assert.ok(at('s57_lights') > at('s57_boylat'))
  assert.ok(at('s57_boylat_2') > at('s57_lights'))
  assert.ok(at('s57_wrecks_2') > at('s57_soundg'), 'dangers lie above soundings')
  assert.ok(at('s57_depcnt_3') > at('s57_depcnt'), 'the safety contour lies above other contours')
  assert.ok(at('s57_depare') < at('s57_lndare') && at('s57_lndare') < at('s57_depcnt'))
})

test('the token is in the addresses of tiles when there is one, and nowhere otherwise', () => {
  assert.ok(!JSON.stringify(build()).includes('token='))
  const style = build({ token: 'a+b/c' })
  assert.equal(JSON.stringify(style).split('token=').length, 2)
  const { enc } = style.sources
  assert.ok(enc?.type === 'vector')
  assert.deepEqual(enc.tiles, ['https://charts.test:9909/api/v2/tiles/enc-v2/{z}/{x}/{y}.mvt?token=a%2Bb%2Fc'])
})

test('the source of the charts has the attribution that it is given', () => {
  const { enc } = build({ attribution: 'Charts: an office' }).sources
  assert.ok(enc?.type === 'vector')
  assert.equal(enc.attribution, 'Charts: an office')
})

test('each layer names the tokens of its colours', () => {
  const style = build({ theme: 'night' })
  for (const { id, metadata, paint } of style.layers) {
    const tokens = (metadata as { 'chartroom:tokens': string[] })['chartroom:tokens']
    const colours = new Set(JSON.stringify(paint ?? {}).match(/#[0-9a-f]{6}/g) ?? [])
    const named = new Set(tokens.map((token) => (token === 'OUTLW' ? TOKENS.night.CHBLK : TOKENS.night[token as 'CHBLK'])))
    assert.deepEqual(colours, named, id)
  }
  assert.ok(!JSON.stringify(style).includes('"$'), 'no token is left without a colour')
})

test('a custom colour replaces that of its token everywhere', () => {
  const [before, after] = [build({}), build({ colors: { DEPVS: '#123456' } })].map((style) => {
    // New objects may have the colour of any token, such as one that is like DEPVS.
    return style.layers.filter(({ id }) => !id.startsWith('s57_newobj')).map((layer) => JSON.stringify(layer))
  })
  assert.ok(before?.some((layer) => layer.includes(TOKENS.day.DEPVS)))
  assert.deepEqual(
    after,
    before?.map((layer) => layer.replaceAll(TOKENS.day.DEPVS, '#123456')),
  )
})

test('hideLayers hides the named layers, showLayers all others', () => {
  const all = visible({})
  assert.deepEqual(
    visible({ hideLayers: ['s57_soundg', 'nosuch'] }),
    all.filter((id) => id !== 's57_soundg'),
  )
  assert.deepEqual(visible({ showLayers: ['s57_soundg', 's57_m_qual'] }).sort(), ['s57_m_qual', 's57_soundg'])
  assert.deepEqual(visible({ showLayers: ['s57_soundg', 's57_lndare'], hideLayers: ['s57_lndare'] }), ['s57_soundg'])
  assert.ok(!all.includes('s57_m_qual'))
})

test('switches add and remove their layers', () => {
  assert.ok(!ids({ showLightSectors: false }).some((id) => id.startsWith('light_')))
  assert.ok(ids({ showEncBoundaries: true }).includes('cell_boundaries') && !ids().includes('cell_boundaries'))
  assert.ok(ids().includes('overscale') && !ids({ showOverscale: false }).includes('overscale'))
  assert.ok(ids().includes('no_data') && !ids({ showNoData: false }).includes('no_data'))
  assert.ok(!ids({ showPlaceNames: false }).includes('area_text_places'))
  const zone = (options: Partial<StyleOptions>) => JSON.stringify(build(options)).includes('EXEZNE')
  assert.deepEqual(
    [false, 'lines', 'full'].map((value) => zone({ showMaritimeBoundaries: value as 'lines' })),
    [false, true, true],
  )
  assert.ok(
    ids({ showMaritimeBoundaries: 'full' }).includes('s57_exezne') &&
      !ids({ showMaritimeBoundaries: 'lines' }).includes('s57_exezne'),
  )
})

test('imagery needs an address, lies under the chart, and takes the place of background land when asked', () => {
  const satelliteTileUrl = 'https://img.test/{z}/{x}/{y}.jpg'
  assert.ok(!ids({ showSatellite: true }).includes('satellite'))
  assert.ok(!ids({ satelliteTileUrl }).includes('satellite'))
  const shown = ids({ showSatellite: true, satelliteTileUrl })
  assert.deepEqual(shown.slice(0, 3), ['background', 'satellite', 'basemap_land'])
  assert.ok(!ids({ showSatellite: true, satelliteTileUrl, maskLandAreas: true }).includes('basemap_land'))
  assert.ok(ids({ maskLandAreas: true }).includes('basemap_land'))
})

test('buoys have images in their colours with a fallback, but not with simplified or paper symbols', () => {
  const image = (iconSet: string) => {
    const layer = build({ iconSet }).layers.find(({ id }) => id === 's57_boylat')
    return layer?.type === 'symbol' ? JSON.stringify(layer.layout?.['icon-image']) : ''
  }
  assert.match(image('enc-day'), /\["coalesce",\["image",\["concat","mark\/BOY".*BOYLAT\d+.*QUESMRK1/)
  assert.ok(!image('simplified').includes('mark/'))
  assert.ok(!image('paper').includes('mark/') && image('paper') !== image('simplified'))
  assert.ok(ids({ iconSet: 'paper' }).includes('s57_topmar') && !ids().includes('s57_topmar'))
})

test('every image that a style names is in the sprite, or is a symbol with a stand-in', () => {
  const sprite = JSON.parse(readFileSync(new URL('../../../assets/sprites/day.json', import.meta.url), 'utf8'))
  const names = new Set(Object.keys(sprite))
  assert.ok(names.has('QUESMRK1'), 'the stand-in is missing')
  for (const iconSet of ['enc-day', 'simplified', 'paper']) {
    for (const layer of build({ iconSet, showMaritimeBoundaries: 'full' }).layers) {
      const text = JSON.stringify([layer.paint ?? {}, layer.layout ?? {}])
      for (const [, name] of text.matchAll(/"((?:pattern|line)\/[A-Z0-9]+)"/g))
        assert.ok(names.has(name ?? ''), `${layer.id}: ${name}`)
      const icon = layer.type === 'symbol' ? layer.layout?.['icon-image'] : undefined
      if (icon === undefined || layer.id === 's57_soundg') continue
      assert.match(JSON.stringify(icon), /^\["coalesce",|^\["let",.*\["coalesce",/, `${layer.id} has no stand-in`)
    }
  }
  for (const name of ['UNDERLINE', 'SOUNDSC2', 'SOUNDSB1']) assert.ok(names.has(name), name)
})

test('the overscale pattern lies on cells that fill what finer ones leave, from two zooms above their scale on', () => {
  const layer = build().layers.find(({ id }) => id === 'overscale')
  const isShown = (zoom: number, properties: Record<string, unknown>) =>
    layer?.type === 'fill' &&
    featureFilter(layer.filter, 'layers.overscale.filter').filter({ zoom } as never, { type: 3, properties } as never)
  assert.equal(isShown(13, { nativeZoom: 11, finer: true }), true)
  assert.equal(isShown(12, { nativeZoom: 11, finer: true }), false)
  assert.equal(isShown(16, { nativeZoom: 11 }), false)
})

test('symbols of a large area are 600 pixels apart, and an area smaller than a symbol beside its middle has none', () => {
  const layer = build().layers.find(({ id }) => id === 'area_symbols')
  assert.ok(layer?.type === 'symbol')
  const { filter } = featureFilter(layer.filter, 'layers.area_symbols.filter')
  const isShown = (properties: Record<string, unknown>) =>
    filter({ zoom: 12 } as never, { type: 1, properties: { class: 'RESARE', size: 900, ...properties } } as never)
  assert.equal(isShown({ rank: 0 }), true)
  assert.equal(isShown({ rank: 1, spacing: 300 }), false)
  assert.equal(isShown({ rank: 1, spacing: 600 }), true)
  assert.equal(isShown({ rank: 0, size: 20 }), false)
  assert.equal(isShown({ rank: 0, size: 20, class: 'PILBOP' }), true)
})

test('plain boundaries have the complex lines that S-52 keeps, every area with a boundary has one, and lines are as they were', () => {
  const [symbolized, plain] = (['symbolized', 'plain'] as const).map((areaBoundaries) => build({ areaBoundaries }).layers)
  const borders = (layers = plain) => layers?.filter(({ id }) => id.startsWith('area_lines')) ?? []
  const images = (layers?: typeof plain) => [...new Set(JSON.stringify(borders(layers)).match(/(?<=line\/)\w+/g))].sort()
  assert.ok(images(symbolized).includes('RESARE51') || images(symbolized).includes('CTYARE51'))
  // LS: simple lines of new objects, or a question mark for one that there is not.
  assert.deepEqual(images(), ['ARCSLN01', 'ESSARE01', 'LOWACC41', 'LS', 'MARSYS51', 'QUESMRK1'])
  const classes = (layers?: typeof plain) =>
    portrayedClasses().filter((name) => borders(layers).some((layer) => JSON.stringify(layer).includes(`"${name}"`)))
  assert.deepEqual(classes(), classes(symbolized))
  const others = (layers = plain) => layers?.filter(({ id }) => !id.startsWith('area_lines'))
  assert.deepEqual(others(), others(symbolized))
})

test('a boundary marks where the purpose of the charts changes, unless overscale is not shown', () => {
  assert.ok(ids().includes('scale_boundaries'))
  assert.ok(!ids({ showOverscale: false }).includes('scale_boundaries'))
})

test('borders of the quality of data are not drawn: they would lie across safe water', () => {
  const borders = build({ classes: new Set(['M_QUAL', 'RESARE', 'SNDWAV']) }).layers.filter(({ id }) =>
    id.startsWith('area_lines'),
  )
  assert.ok(borders.length > 0)
  for (const layer of borders) {
    assert.ok('filter' in layer && layer.filter)
    const { filter } = featureFilter(layer.filter, 'filter')
    const properties = { class: 'M_QUAL', CATZOC: 3 }
    assert.equal(filter({ zoom: 12 }, { type: 2, properties } as never), false, layer.id)
  }
})
