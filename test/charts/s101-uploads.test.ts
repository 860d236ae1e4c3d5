import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { VisibleCell } from '#charts/cells/list-cells.ts'
import { writeDataset, writeDatasetUpdate } from '#s101/writer/write-dataset.ts'
import { sampleCell, zipOf } from '#test/cells.ts'
import { createUploadBench } from '#test/upload-bench.ts'
import { AGENCY, attribute, complex } from '../s101/twin-cells.ts'

const bench = await createUploadBench({ tiles: true })
after(() => bench[Symbol.asyncDispose]())

const [west, south] = [-30.1, 40]
const ring = [
  [west, south],
  [west + 0.1, south],
  [west + 0.1, south + 0.1],
  [west, south + 0.1],
  [west, south],
]
const place = [west + 0.05, south + 0.05]

function dataset(name: string, more: { edition?: number; updateNumber?: number } = {}) {
  const area = { type: 'Polygon' as const, coordinates: [ring] }
  return writeDataset({
    ...{ name, ...more },
    features: [
      { type: 'DataCoverage', attributes: [attribute('optimumDisplayScale', 12000)], geometry: area },
      { type: 'DepthArea', attributes: [attribute('depthRangeMinimumValue', 5)], geometry: area },
      {
        ...{ type: 'LateralBuoy', agency: AGENCY, featureId: 7 },
        attributes: [
          complex('featureName', attribute('language', 'eng'), attribute('name', 'Old buoy')),
          complex('topmark', attribute('topmarkDaymarkShape', 1)),
        ],
        geometry: { type: 'Point', coordinates: place },
      },
      { type: 'Helipad', geometry: { type: 'Point', coordinates: [west + 0.02, south + 0.02] } },
    ],
  })
}

const rename = (name: string, updateNumber: number, edition = 1) =>
  writeDatasetUpdate({
    ...{ name, updateNumber, edition, firstCode: 9 },
    features: [
      {
        ...{ id: 3, type: 'LateralBuoy', instruction: 3, agency: AGENCY, featureId: 7 },
        attributes: [
          { name: 'featureName', instruction: 3, children: [{ name: 'name', value: `Name ${updateNumber}`, instruction: 3 }] },
        ],
      },
    ],
  })

async function query(at: readonly number[]) {
  const answer = await fetch(`${bench.origin}/api/v1/enc_query`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bench.admin}`, 'content-type': 'application/json' },
    body: JSON.stringify({ position: { latitude: at[1], longitude: at[0] }, radius: 50, zoom: 15 }),
  })
  assert.equal(answer.status, 200, await answer.clone().text())
  const { results } = (await answer.json()) as { results: Record<string, unknown>[] }
  return results
}

describe('an S-101 chart', () => {
  test('is read whatever its name, applies its updates, and says its standard in report and record', async () => {
    const name = '101XX00UPDATES'
    const content = await zipOf([
      { path: `S100_ROOT/S-101/DATASET_FILES/${name}.000`, content: dataset(name) },
      { path: `S100_ROOT/S-101/DATASET_FILES/${name}.001`, content: rename(name, 1) },
      { path: 'ENC_ROOT/XX5OTHER.000', content: sampleCell({ name: 'XX5OTHER' }) },
    ])
    const upload = await bench.upload('both.zip', content)
    assert.equal(upload.status, 'succeeded', JSON.stringify(upload.logs))
    const reports = await bench.reports(upload.id)
    const { standard, edition, update, usageBand, scale, features, warnings } = reports[name]!
    assert.deepEqual(
      { standard, edition, update, usageBand, scale, features, warnings },
      {
        ...{ standard: 's101', edition: 1, update: 1, usageBand: 5, scale: 12_000 },
        features: { BOYLAT: 1, DEPARE: 1, M_COVR: 1, TOPMAR: 1, s101_helipad: 1 },
        warnings: [],
      },
    )
    assert.equal(reports['XX5OTHER']!.standard, 's57')
    const { body } = await bench.call<{ cells: VisibleCell[] }>('GET', '/portal/v1/charts/cells')
    assert.deepEqual(
      body.cells.map((cell) => [cell.name, cell.standard]),
      [
        [name, 's101'],
        ['XX5OTHER', 's57'],
      ],
    )
  })

  test('answers queries with the names of S-57 and, beside them, those of S-101', async () => {
    const name = '101XX00QUERIES'
    const upload = await bench.upload(`${name}.000`, dataset(name))
    await bench.upload(`${name}.001`, rename(name, 1))
    await bench.untilDrawn(name)
    const found = (await query(place)).find(({ layerId, parentCellName }) => layerId === 'BOYLAT' && parentCellName === name)!
    assert.deepEqual(found['rawAttributes'], { objnam: 'Name 1' })
    assert.deepEqual(found['s101'], {
      featureType: 'LateralBuoy',
      attributes: { featureName: { language: 'eng', name: 'Name 1' }, topmark: { topmarkDaymarkShape: '1' } },
    })
    const [helipad] = (await query([west + 0.02, south + 0.02])).filter(({ layerId }) => layerId === 's101_helipad')
    assert.equal(helipad?.['layerName'], 'Helipad')
    await bench.remove(upload.id)
  })

  test('starts with a re-issue, which has the number of the last update in its name', async () => {
    const name = '101XX00REISSUE'
    const content = await zipOf([
      { path: `${name}.005`, content: dataset(name, { edition: 2, updateNumber: 5 }) },
      { path: `${name}.006`, content: rename(name, 6, 2) },
    ])
    const upload = await bench.upload('reissue.zip', content)
    const { edition, update, errors } = (await bench.reports(upload.id))[name]!
    assert.deepEqual({ edition, update, errors }, { edition: 2, update: 6, errors: [] })
  })

  test('is removed by a cancellation', async () => {
    const name = '101XX00CANCEL'
    await bench.upload(`${name}.000`, dataset(name))
    const upload = await bench.upload(`${name}.001`, writeDatasetUpdate({ name, edition: 0, updateNumber: 1 }))
    assert.equal((await bench.reports(upload.id))[name]!.status, 'cancelled')
    assert.ok(!(await bench.visible()).some((cell) => cell.startsWith(name)))
  })

  test('takes no update of the other standard', async () => {
    const name = '101XX00MIXED'
    await bench.upload(`${name}.000`, dataset(name))
    const upload = await bench.upload(`${name}.001`, sampleCell({ name, updateNumber: 1 }))
    const { warnings, standard } = (await bench.reports(upload.id))[name]!
    assert.equal(standard, 's101')
    assert.match(warnings.join(), /this is an update of S-57, but the cell is an S-101 chart/)
  })
})
