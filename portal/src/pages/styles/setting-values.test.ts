import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settingOf, shownSettings, symbolsOf } from './setting-values.ts'

test('a setting that a style leaves open is the documented default', () => {
  assert.equal(settingOf({}, 'showPlaceNames'), true)
  assert.equal(settingOf({ showPlaceNames: false }, 'showPlaceNames'), false)
})

test('the name of an icon set says which symbols it has', () => {
  assert.deepEqual(
    ['enc-night', 'Paper chart', 'simplified', undefined].map((iconSet) => symbolsOf({ iconSet })),
    ['real', 'paper', 'simplified', 'real'],
  )
})

test('nothing that is shown here comes from another server', () => {
  const settings = { showSatellite: true, glyphs: 'https://elsewhere.example/{fontstack}/{range}', depthLimit: 5 }
  assert.deepEqual(shownSettings(settings), { depthLimit: 5 })
})
