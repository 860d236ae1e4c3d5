import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { tileAt, tileKey } from '#geo/tile-grid.ts'
import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { writeCell } from '#s57/writer/write-cell.ts'
import { boxRing, sampleCell, writeMirror } from '#test/cells.ts'
import { decodeTile } from '#test/decoded-tile.ts'
import { createRefreshBench, type RefreshBench } from '#test/refresh-bench.ts'
import { type Fixture, startFixture } from '../http/server-fixture.ts'

// A chart with coverage beneath, and three finer cells without coverage: one with only buoys, two with some water of their own.

const below = [10, 50, 10.1, 50.1] as const
const water = [10.06, 50.06, 10.08, 50.08] as const
const lake = [10.005, 50.055, 10.035, 50.085] as const
const buoy = (longitude: number, latitude: number): FeatureSpec => ({
  objectClass: 'BOYLAT',
  attributes: { BOYSHP: 2 },
  geometry: { type: 'Point', coordinates: [longitude, latitude] },
})
const filesOf = (name: string, features: FeatureSpec[]) => [
  { name: `${name}.000`, bytes: writeCell({ name, features, compilationScale: 12_000 }) },
]
let bench: RefreshBench
let fixture: Fixture
let token: string

before(async () => {
  bench = await createRefreshBench()
  const folder = path.join(bench.folder, 'mirror')
  const ownWater: FeatureSpec = {
    objectClass: 'DEPARE',
    attributes: { DRVAL1: 77, DRVAL2: 78 },
    geometry: { type: 'Polygon', coordinates: [boxRing(water)] },
  }
  await writeMirror(folder, [
    {
      name: 'XX3BELOW',
      scale: 40_000,
      box: below,
      files: [{ name: 'XX3BELOW.000', bytes: sampleCell({ name: 'XX3BELOW', box: below, compilationScale: 40_000 }) }],
    },
    {
      name: 'XX5BUOYS',
      box: below,
      files: filesOf('XX5BUOYS', [buoy(10.02, 50.02), buoy(10.04, 50.04), buoy(10.04, 50.02), buoy(10.02, 50.04)]),
    },
    { name: 'XX5WATER', box: below, files: filesOf('XX5WATER', [ownWater, buoy(10.07, 50.07), buoy(10.09, 50.09)]) },
    {
      name: 'XX5NODAT',
      box: below,
      files: filesOf('XX5NODAT', [
        { objectClass: 'M_COVR', attributes: { CATCOV: 2 }, geometry: { type: 'Polygon', coordinates: [boxRing(below)] } },
        { ...ownWater, attributes: { DRVAL1: 55, DRVAL2: 56 }, geometry: { type: 'Polygon', coordinates: [boxRing(lake)] } },
      ]),
    },
  ])
  const job = await bench.refresh(pathToFileURL(path.join(folder, 'ENCProdCat.xml')))
  assert.equal(job.result?.['indexed'], 4, JSON.stringify(job.logs))
  fixture = await startFixture({ charts: bench })
  await fixture.tiles.charts.until(({ cells }) => cells.length === 4)
  const principal = await fixture.accounts.authenticate(await fixture.adminSession())
  token = (await fixture.accounts.tokens.create(principal, { name: 'tiles' })).id
})
after(async () => {
  await fixture[Symbol.asyncDispose]()
  await bench[Symbol.asyncDispose]()
})

async function tileAround(longitude: number, latitude: number) {
  const tile = tileKey(tileAt(longitude, latitude, 15))
  const response = await fetch(`${fixture.origin}/api/v2/tiles/enc-v2/${tile}.mvt`, {
    headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'identity' },
  })
  assert.equal(response.status, 200)
  return decodeTile(new Uint8Array(await response.arrayBuffer()))
}

const depths = ({ areas }: ReturnType<typeof decodeTile>) =>
  areas.filter(({ layer }) => layer === 's57_depare').map(({ key }) => key.split(' ').slice(-2).join(' '))
const buoys = ({ points }: ReturnType<typeof decodeTile>) => points.filter(({ layer }) => layer === 's57_boylat').length

test('buoys of a cell without coverage are drawn over the depths of the chart beneath', async () => {
  const tile = await tileAround(10.02, 50.02)
  assert.deepEqual(depths(tile), ['0 10'])
  assert.equal(buoys(tile), 1)
})

test('a cell without coverage takes the ground of its own water only', async () => {
  const inside = await tileAround(10.07, 50.07)
  assert.deepEqual(depths(inside), ['77 78'])
  assert.equal(buoys(inside), 1)
  const outside = await tileAround(10.09, 50.09)
  assert.deepEqual(depths(outside), ['10 30'])
  assert.equal(buoys(outside), 1)
})

test('a cell whose only M_COVR is an area without data takes the ground of its own water', async () => {
  assert.deepEqual(depths(await tileAround(10.02, 50.07)), ['55 56'])
})

test('a cell that is only overlaid outlines no ground', async () => {
  const { areas } = await tileAround(10.02, 50.02)
  assert.equal(areas.filter(({ layer }) => layer === 'chart_cells').length, 1)
})
