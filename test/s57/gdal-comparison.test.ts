import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readCell } from '#s57/read-cell.ts'
import { type CellFiles, mirrorCells, noCharts, uploadedCell } from './chart-files.ts'
import { differencesFrom } from './compare-with-gdal.ts'
import { type Gdal, startGdal } from './gdal.ts'

function assertSameAsGdal(gdal: Gdal, { base, updates }: CellFiles): void {
  const cell = readCell(base, updates)
  const layers = gdal.layers(base, updates)
  const dsid = layers.find(({ name }) => name === 'DSID')?.features[0]?.properties
  assert.equal(String(cell.edition), dsid?.['DSID_EDTN'])
  assert.equal(String(cell.updateNumber), dsid?.['DSID_UPDN'])
  assert.deepEqual(differencesFrom(layers, cell), [])
}

describe('real charts are read as GDAL reads them', { skip: noCharts }, async () => {
  if (noCharts !== false) return
  const gdal = await startGdal()
  const cells = [...(await mirrorCells('day1')), uploadedCell('US5MA12M')]
  for (const cell of cells) test(cell.name, () => assertSameAsGdal(gdal, cell))
})
