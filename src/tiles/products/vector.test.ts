import assert from 'node:assert/strict'
import { test } from 'node:test'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { latitudeOfY, longitudeOfX, WORLD } from '#geo/world.ts'
import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { type Box, boxRing } from '#test/cells.ts'
import { compiledSpec } from '#test/compiled-cells.ts'
import { decodeTile } from '#test/decoded-tile.ts'
import { createLandMap } from '../basemap/land-map.ts'
import { vector } from './vector.ts'

const TILE = { z: 14, x: 8_650, y: 5_550 }
const longitude = (units: number) => longitudeOfX(((TILE.x + units / 4096) / 2 ** TILE.z) * WORLD)
const latitude = (units: number) => latitudeOfY(((TILE.y + units / 4096) / 2 ** TILE.z) * WORLD)

async function draw(...objects: FeatureSpec[]) {
  return decodeTile(await drawn(objects))
}

async function drawn(objects: readonly FeatureSpec[], besideFiner: readonly number[] = []): Promise<Uint8Array> {
  const box: Box = [longitude(-9_000), latitude(6_000), longitude(6_000), latitude(-2_000)]
  const geometry = { type: 'Polygon' as const, coordinates: [boxRing(box)] }
  const cell = compiledSpec({
    usageBand: 5,
    compilationScale: 12_000,
    features: [{ objectClass: 'M_COVR', attributes: { CATCOV: 1 }, geometry }, ...objects],
    dataLimit: box,
  })
  const work = {
    request: TILE,
    cells: [cell],
    besideFiner: [besideFiner],
    facts: null,
    land: createLandMap([]),
    checkpoint: () => {},
  }
  return (await vector.make(work))!
}
const at = (units: number) => ({ type: 'Point' as const, coordinates: [longitude(units), latitude(2_000)] })

test('a vector tile has the objects in its buffer and none beyond it', async () => {
  const { points } = await draw({ objectClass: 'BOYLAT', geometry: at(-120) }, { objectClass: 'BOYLAT', geometry: at(-136) })
  assert.deepEqual(
    points.map(({ x }) => x),
    [-120],
  )
})

test('the figure of a light within reach is in a vector tile, although the light itself is not', async () => {
  // Seen from the west, so that the arc lies to the east of the light.
  const attributes = { COLOUR: 3, SECTR1: 250, SECTR2: 290 }
  const near = await draw({ objectClass: 'LIGHTS', attributes, geometry: at(-500) })
  assert.deepEqual(
    near.lines.map(({ layer }) => layer),
    ['light_arcs', 'light_legs', 'light_lines'],
  )
  assert.deepEqual(near.points, [])
  const far = await draw({ objectClass: 'LIGHTS', attributes, geometry: at(-vector.reach - 140) })
  assert.deepEqual(
    far.lines.map(({ layer }) => layer),
    ['light_lines'],
    'its legs in full, on the ground that its cell draws',
  )
})

test('the ground of a cell beside finer ones says so, and that of others does not', async () => {
  const finerOf = async (besideFiner: readonly number[]) => {
    const { layers } = new VectorTile(new PbfReader(await drawn([], besideFiner)))
    return layers['chart_cells']!.feature(0).properties['finer']
  }
  assert.equal(await finerOf([0]), true)
  assert.equal(await finerOf([]), undefined)
})
