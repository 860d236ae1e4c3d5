import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { createListClasses } from '#charts/cells/list-classes.ts'
import { tileAt } from '#geo/tile-grid.ts'
import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { writeCell } from '#s57/writer/write-cell.ts'
import { type Box, boxRing } from '#test/cells.ts'
import { prepareCell, showCell } from '#test/chart-cells.ts'
import { createTestDatabase } from '#test/database.ts'
import { createTestTiles } from '#test/tiles.ts'

const database = await createTestDatabase()
const tiles = await createTestTiles(database)
after(async () => {
  await tiles.close()
  await database.close()
})

test('classes and attributes of inland ENCs are drawn as their sea counterparts, with contours of their depths', async () => {
  const [west, south, east, north]: Box = [-80.1, 40.5, -80, 40.6]
  const area = (box: Box) => ({ type: 'Polygon' as const, coordinates: [boxRing(box)] })
  const middle = -80.05
  const features: FeatureSpec[] = [
    { objectClass: 'M_COVR', attributes: { CATCOV: 1 }, geometry: area([west, south, east, north]) },
    { objectClass: 'depare', attributes: { DRVAL1: 1, DRVAL2: 3 }, geometry: area([west, south, middle, north]) },
    { objectClass: 'depare', attributes: { DRVAL1: 3, DRVAL2: 9 }, geometry: area([middle, south, east, north]) },
    { objectClass: 'resare', attributes: { CATREA: 9, restrn: '7,27' }, geometry: area([-80.054, 40.548, -80.047, 40.552]) },
    { objectClass: 'boywtw', attributes: { BOYSHP: 4, COLOUR: 3 }, geometry: { type: 'Point', coordinates: [-80.052, 40.55] } },
    {
      objectClass: 'boylat',
      attributes: { catlam: 1, marsys: 9, BOYSHP: 2 },
      geometry: { type: 'Point', coordinates: [-80.051, 40.551] },
    },
    {
      objectClass: 'notmrk',
      attributes: { catnmk: 3, catfry: '1,2' },
      geometry: { type: 'Point', coordinates: [-80.048, 40.55] },
    },
  ]
  const spec = { name: 'U37OH001', usageBand: 5, compilationScale: 12_000, dataLimit: [west, south, east, north] as const }
  await showCell(database.db, tiles, prepareCell([{ name: 'U37OH001.000', bytes: writeCell({ ...spec, features }) }]))
  const { signal } = new AbortController()
  const tile = await tiles.tile('vector', tileAt(middle, 40.55, 14), 1, signal)
  const content = await tile.content(signal)
  assert.ok(content !== null)
  const { layers } = new VectorTile(new PbfReader(await content.plain()))
  const count = (layer: string) => layers[layer]?.length ?? 0
  assert.deepEqual([count('s57_depare'), count('s57_resare'), count('s57_boyspp'), count('s57_notmrk')], [2, 1, 1, 1])
  const propertiesOf = (layer: string) => layers[layer]?.feature(0).properties ?? {}
  const { CATLAM, MARSYS, BOYSHP } = propertiesOf('s57_boylat')
  assert.deepEqual([CATLAM, MARSYS, BOYSHP, propertiesOf('s57_resare')['RESTRN']], [1, 9, 2, '7,27'])
  const { catnmk, catfry } = propertiesOf('s57_notmrk')
  assert.deepEqual([catnmk, catfry], [3, '1,2'], 'no counterpart, and several values where the sea has one')
  const boundary = layers['depth_boundaries']?.feature(0).properties
  assert.deepEqual([boundary?.['shallowSide'], boundary?.['deepSide']], [1, 3])
  assert.equal(layers['area_points']?.feature(0).properties['class'], 'RESARE')
  assert.deepEqual(await createListClasses(database.db)(1), ['BOYLAT', 'BOYSPP', 'DEPARE', 'M_COVR', 'RESARE', 'notmrk'])
})
