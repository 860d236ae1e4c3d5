import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GROUP_NAMES } from './group-names.ts'
import { type GroupedLayer, groupOf, hiddenLayers } from './layer-groups.ts'

const layer = (id: string, type = 'symbol', source = id.replace(/_\d+$/, '')): GroupedLayer => ({
  id,
  type,
  'source-layer': source,
})

const CONTOURS = [
  layer('s57_depcnt', 'line'),
  layer('s57_depcnt_2', 'line'),
  layer('s57_depcnt_3', 'line'),
  layer('s57_depcnt_4', 'line'),
  layer('s57_depcnt_5', 'symbol'),
]
const ALWAYS = [
  layer('background', 'background', ''),
  layer('s57_depare', 'fill'),
  layer('s57_lndare', 'fill'),
  layer('s57_coalne', 'line'),
  layer('s57_depare_3', 'line', 'depth_boundaries'),
  layer('s57_wrecks_2'),
  layer('s57_uwtroc'),
  layer('s57_obstrn', 'fill'),
  layer('s57_bridge', 'line'),
  layer('s57_cblohd', 'line'),
  layer('area_lines_danger_solid', 'line', 'area_lines'),
  layer('area_symbols_danger', 'symbol', 'area_points'),
  layer('s57_rivers', 'fill'),
]

test('dangers, the shades of depth, the coast and the safety contour show whatever is hidden', () => {
  const hidden = hiddenLayers([...ALWAYS, ...CONTOURS], GROUP_NAMES)
  assert.deepEqual(hidden, ['s57_depcnt', 's57_depcnt_2', 's57_depcnt_5'])
})

test('each switch hides its own layers and no others', () => {
  const layers = [
    layer('s57_soundg'),
    layer('s57_boylat'),
    layer('s57_lights_2'),
    layer('light_arcs', 'line'),
    layer('s57_buisgl', 'fill'),
    layer('s57_seaare'),
    layer('area_text_places', 'symbol', 'area_points'),
    layer('area_lines_dash', 'line', 'area_lines'),
    layer('s57_sbdare_3'),
    ...CONTOURS,
  ]
  const of = (name: (typeof GROUP_NAMES)[number]) => hiddenLayers(layers, [name])
  assert.deepEqual(of('soundings'), ['s57_soundg'])
  assert.deepEqual(of('aids'), ['s57_boylat'])
  assert.deepEqual(of('lights'), ['s57_lights_2', 'light_arcs'])
  assert.deepEqual(of('land'), ['s57_buisgl'])
  assert.deepEqual(of('names'), ['s57_seaare', 'area_text_places'])
  assert.deepEqual(of('areas'), ['area_lines_dash'])
  assert.deepEqual(of('seabed'), ['s57_sbdare_3'])
  assert.deepEqual(of('contours'), ['s57_depcnt', 's57_depcnt_2', 's57_depcnt_5'])
  assert.equal(groupOf(layer('s57_notmrk')), null)
})
