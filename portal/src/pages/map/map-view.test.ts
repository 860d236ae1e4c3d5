import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  cameraOfHash,
  DEFAULT_DISPLAY,
  displayOf,
  readCamera,
  readLayers,
  readLine,
  readMapView,
  viewOfDisplay,
  writeCamera,
  writeLayers,
  writeLine,
} from './map-view.ts'

test('a view survives the way through the address', () => {
  const search = {
    at: '32.031,-80.851,13.4',
    theme: 'night',
    depth: '5.5',
    units: 'feet',
    layers: '-soundings,+outlines',
    pick: '32.03,-80.85',
    line: '32,-80~32.1,-80.2',
    tool: 'profile',
    panel: 'reports',
    token: 'abc-123',
  }
  assert.deepEqual(readMapView(search), { ...search, depth: 5.5 })
})

test('what does not fit an address is left out', () => {
  const search = {
    at: '95,0,3',
    theme: 'pink',
    depth: '-1',
    units: 'yards',
    pick: '1',
    line: '1,2~x,3',
    tool: 'fly',
    panel: 'radar',
    token: '<b>',
    layers: '',
  }
  assert.deepEqual(readMapView(search), {})
  assert.deepEqual(readMapView({ depth: '' }), {})
})

test('layers name what differs from the usual map, and a plus sign may arrive as a space', () => {
  assert.equal(writeLayers(DEFAULT_DISPLAY), 'all')
  const layers = { hidden: ['names', 'soundings'] as const, sectors: false, outlines: true, overscale: true, reports: true }
  assert.equal(writeLayers(layers), '-soundings,-names,-sectors,+outlines,+reports')
  assert.deepEqual(readLayers('-soundings,-names,-sectors, outlines, reports'), { ...layers, hidden: ['soundings', 'names'] })
})

test('a display is filled in from what is remembered, and written whole', () => {
  const display = displayOf({ theme: 'dusk' }, { ...DEFAULT_DISPLAY, depth: 7 })
  assert.deepEqual([display.theme, display.depth], ['dusk', 7])
  assert.deepEqual(viewOfDisplay(display), { theme: 'dusk', depth: 7, units: 'meters', layers: 'all' })
})

test('cameras and lines have few decimals, and a URL of the earlier page still points at its place', () => {
  assert.equal(writeCamera({ latitude: 32.03100049, longitude: -80.85, zoom: 13.404 }), '32.031,-80.85,13.4')
  assert.deepEqual(cameraOfHash('#13/42.9475/-34.93'), { latitude: 42.9475, longitude: -34.93, zoom: 13 })
  assert.equal(cameraOfHash('#session=00'), null)
  assert.equal(readCamera('1,2,'), null)
  assert.deepEqual(readLine(writeLine([{ latitude: 1, longitude: 2 }])), [{ latitude: 1, longitude: 2 }])
})
