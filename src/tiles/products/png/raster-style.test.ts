import assert from 'node:assert/strict'
import { test } from 'node:test'
import { STYLE_DEFAULTS, type StyleOptions } from '#portrayal/style/style-options.ts'
import { toRasterStyle } from './raster-style.ts'

const digestOf = (options: Partial<StyleOptions>) => toRasterStyle({ ...STYLE_DEFAULTS, ...options }).digest
const usual = digestOf({})

test('a raster style has another digest when anything that it shows is another', () => {
  const changes: Partial<StyleOptions>[] = [
    { theme: 'night' },
    { colors: { LANDA: '#123456' } },
    { depthLimit: 5 },
    { shallowDepth: 1 },
    { deepDepth: 40 },
    { depthUnits: 'feet' },
    { roundOffSoundings: true },
    { showLightSectors: false },
    { showFullSectorLegs: true },
    { showEncBoundaries: true },
    { showMaritimeBoundaries: 'full' },
    { showPlaceNames: false },
    { showOverscale: false },
    { showNoData: false },
    { hideLayers: ['s57_depare'] },
    { showLayers: ['s57_depare'] },
    { iconSet: 'paper' },
    { soundingOpacity: 0.5 },
    { areaBoundaries: 'plain' },
  ]
  assert.equal(new Set([usual, ...changes.map(digestOf)]).size, 1 + changes.length)
})

test('the server, the caller, imagery, and the glyphs of others change no raster style', () => {
  const without: Partial<StyleOptions>[] = [
    { base: 'https://a.test', assets: 'https://a.test/1', token: 'b', attribution: 'c', classes: new Set(['BOYLAT']) },
    { showUserReports: true },
    { showSatellite: true, maskLandAreas: true, satelliteTileUrl: 'https://a.test/{z}/{x}/{y}' },
    { glyphs: 'https://a.test/{fontstack}/{range}', font: 'Open Sans' },
  ]
  for (const options of without) assert.equal(digestOf(options), usual, JSON.stringify(Object.keys(options)))
})
