import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readCell } from '#s57/read-cell.ts'
import { type CellFiles, mirrorCells, noCharts, uploadedCell } from './chart-files.ts'
import { differencesFrom } from './compare-with-gdal.ts'
import { startGdal } from './gdal.ts'
import { inventedCell } from './invented-cells.ts'

const gdal = await startGdal()

function assertSameAsGdal({ base, updates }: CellFiles): void {
  const cell = readCell(base, updates)
  const layers = gdal.layers(base, updates)
  const dsid = layers.find(({ name }) => name === 'DSID')?.features[0]?.properties
  assert.equal(String(cell.edition), dsid?.['DSID_EDTN'])
  assert.equal(String(cell.updateNumber), dsid?.['DSID_UPDN'])
  assert.deepEqual(differencesFrom(layers, cell), [])
}

describe('real charts and GDAL', { skip: noCharts }, async () => {
  if (noCharts !== false) return
  const cells = [...(await mirrorCells('day1')), uploadedCell('US5MA12M')]
  for (const cell of cells) test(`${cell.name} is read as GDAL reads it`, () => assertSameAsGdal(cell))
})

describe('invented charts and GDAL', () => {
  const cell = inventedCell({ name: 'XX5TESTA', seed: 1, squares: 6, vertices: 12 })
  test('a base cell is read as GDAL reads it', () => assertSameAsGdal({ ...cell, updates: [] }))
  test('a cell with one update is read as GDAL reads it', () => assertSameAsGdal({ ...cell, updates: cell.updates.slice(0, 1) }))
  test('a cell with two updates is read as GDAL reads it', () => assertSameAsGdal(cell))
  const factors = { coordinateFactor: 1_000_000, soundingFactor: 100, attributeLevel: 1, nationalLevel: 1 } as const
  const coarse = inventedCell({ name: 'XX4TESTB', seed: 2, squares: 3, vertices: 5, west: -181, spec: factors })
  test('a cell with other factors and lexical levels beyond the antimeridian is read as GDAL reads it', () =>
    assertSameAsGdal(coarse))
})
