import assert from 'node:assert/strict'
import { test } from 'node:test'
import { portrayedClasses } from '#portrayal/table/portrayal-of.ts'
import { NOAA_CLASSES } from '#test/noaa-classes.ts'
import { areaLayers } from './area-layers.ts'
import { buildStyle } from './build-style.ts'
import { createContext } from './style-context.ts'
import { STYLE_DEFAULTS, type StyleOptions } from './style-options.ts'
import { createStyleTemplates } from './style-template.ts'
import { areaTextLayers } from './text-layers.ts'

const SERVER = { base: 'https://charts.test:9909', assets: 'https://charts.test:9909/api/v1/static/1' }

test('styles of options by chance, built one after the other, are what each is when it is built alone', () => {
  let seed = 16
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return seed / 2 ** 31
  }
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
  const flag = () => random() < 0.5
  const templates = createStyleTemplates()
  for (let i = 0; i < 24; i++) {
    const options: StyleOptions = {
      ...STYLE_DEFAULTS,
      ...SERVER,
      theme: pick(['day', 'dusk', 'night']),
      ...{ depthLimit: pick([0, 3, 12.3, 45]), shallowDepth: pick([null, 1]), deepDepth: pick([null, 20]) },
      depthUnits: pick(['meters', 'feet', 'fathoms']),
      showMaritimeBoundaries: pick([false, 'lines', 'full']),
      ...{ iconSet: pick(['enc-day', 'paper', 'simplified']), areaBoundaries: pick(['symbolized', 'plain']) },
      ...{
        classes: pick([null, new Set(NOAA_CLASSES)]),
        colors: pick([{}, { LANDA: '#123456' }]),
        font: pick([null, 'Open Sans']),
      },
      ...{ roundOffSoundings: flag(), showLightSectors: flag(), showEncBoundaries: flag(), showPlaceNames: flag() },
      ...{ twoShades: flag(), shallowPattern: flag(), isolatedShallow: flag(), showLowAccuracy: flag() },
      showFullSectorLegs: flag(),
      ...{ showOverscale: flag(), showNoData: flag(), showUserReports: flag(), hideLayers: pick([[], ['s57_depare']]) },
      ...{ showSatellite: flag(), maskLandAreas: flag(), satelliteTileUrl: pick([null, 'https://a.test/{z}/{x}/{y}']) },
    }
    assert.deepEqual(buildStyle(options, templates), buildStyle(options, createStyleTemplates()), JSON.stringify(options))
  }
})

test('no depth changes the borders, middles and texts of areas other than dangers', () => {
  const layers = (options: Partial<StyleOptions>) => {
    const context = createContext({ ...STYLE_DEFAULTS, ...SERVER, ...options })
    return [areaLayers(portrayedClasses(), context), areaTextLayers(portrayedClasses(), context)]
  }
  const usual = layers({})
  for (const depthLimit of [0, 0.5, 2, 12.3, 30, 1000]) {
    for (const more of [{}, { shallowDepth: 0, deepDepth: 1000 }]) assert.deepEqual(layers({ depthLimit, ...more }), usual)
  }
})
