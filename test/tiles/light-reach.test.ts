import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { latitudeOfY, longitudeOfX, WORLD } from '#geo/world.ts'
import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { writeCell } from '#s57/writer/write-cell.ts'
import { type Box, boxRing } from '#test/cells.ts'
import { prepareCell, showCell } from '#test/chart-cells.ts'
import { createTestDatabase } from '#test/database.ts'
import { decodeTile } from '#test/decoded-tile.ts'
import { createTestTiles } from '#test/tiles.ts'

// A cell that ends 200 units west of a tile, beyond its buffer: only figures of lights reach in from there.

const database = await createTestDatabase()
const tiles = await createTestTiles(database)
after(async () => {
  await tiles.close()
  await database.close()
})

const TILE = { z: 14, x: 8_650, y: 5_550 }
const longitude = (units: number) => longitudeOfX(((TILE.x + units / 4096) / 2 ** TILE.z) * WORLD)
const latitude = (units: number) => latitudeOfY(((TILE.y + units / 4096) / 2 ** TILE.z) * WORLD)

/** The tile's cells, digest and arcs when the cell has lights at these distances in units to the west. */
async function tileBeside(edition: number, lights: { units: number; scamin?: number }[]) {
  const box: Box = [longitude(-9_000), latitude(6_000), longitude(-200), latitude(-2_000)]
  const geometry = { type: 'Polygon' as const, coordinates: [boxRing(box)] }
  const features: FeatureSpec[] = [
    { objectClass: 'M_COVR', attributes: { CATCOV: 1 }, geometry },
    { objectClass: 'DEPARE', attributes: { DRVAL1: 5, DRVAL2: 10 }, geometry },
    ...lights.map(({ units, scamin }): FeatureSpec => {
      // Seen from the west, so that the arc lies to the east of the light.
      const attributes = { COLOUR: 3, SECTR1: 250, SECTR2: 290, ...(scamin === undefined ? {} : { SCAMIN: scamin }) }
      return {
        objectClass: 'LIGHTS',
        attributes,
        geometry: { type: 'Point', coordinates: [longitude(-units), latitude(2_000)] },
      }
    }),
  ]
  const spec = { name: 'XX5REACH', edition, usageBand: 5, compilationScale: 12_000 }
  const bytes = writeCell({ ...spec, features, dataLimit: box })
  await showCell(database.db, tiles, prepareCell([{ name: 'XX5REACH.000', bytes }]))
  const { signal } = new AbortController()
  const tile = await tiles.tile('vector', TILE, 1, signal)
  const content = await tile.content(signal)
  const arcs = content === null ? 0 : decodeTile(await content.plain()).lines.filter(({ layer }) => layer === 'light_arcs').length
  return { cells: tile.cells.map(({ name, edition }) => `${name} ${edition}`), digest: tile.digest, arcs }
}

test('a tile includes a cell beside it only when the figure of a light may reach in', async () => {
  const dark = await tileBeside(1, [])
  assert.deepEqual(dark.cells, [])
  const lit = await tileBeside(2, [{ units: 300 }])
  assert.deepEqual(lit.cells, ['XX5REACH 2'])
  assert.equal(lit.arcs, 1)
  const next = await tileBeside(3, [{ units: 300 }, { units: 400 }])
  assert.equal(next.arcs, 2)
  assert.notEqual(next.digest, lit.digest)
  // Too far away or not yet in view: the same as no lights.
  const far = await tileBeside(4, [{ units: 2_000 }, { units: 300, scamin: 4_000 }])
  assert.deepEqual(far, dark)
})
