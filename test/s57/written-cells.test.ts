import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoCells } from '#demo/demo-cells.ts'
import { readCell } from '#s57/read-cell.ts'
import type { CellSpec, UpdateSpec, VectorRecordSpec } from '#s57/writer/cell-spec.ts'
import { writeCell } from '#s57/writer/write-cell.ts'
import { writeUpdate } from '#s57/writer/write-update.ts'
import { sampleCell, sampleUpdate } from '#test/cells.ts'
import { geoJsonOf } from '#test/geo-json-of.ts'
import { differencesFrom } from './compare-with-gdal.ts'
import { type GdalFeature, startGdal } from './gdal.ts'

// GDAL is independent of our reader and must find the content of the spec in a written file.

const gdal = await startGdal()
const name = 'XX5GDALT'

/** GDAL's features by record id. */
function gdalFeatures(base: Uint8Array, ...updates: Uint8Array[]): Map<number, GdalFeature> {
  const files = updates.map((bytes, i) => ({ name: `${name}.00${i + 1}`, bytes }))
  const layers = gdal.layers({ name: `${name}.000`, bytes: base }, files)
  return new Map(layers.flatMap((layer) => layer.features.map((feature) => [Number(feature.properties['RCID']), feature])))
}

test('GDAL finds the header, attributes, references and coordinates of a base cell', () => {
  const spec = { name, edition: 7, issueDate: '2026-05-04', compilationScale: 25_000, usageBand: 4, producer: 999 }
  const layers = gdal.layers({ name: `${name}.000`, bytes: sampleCell(spec) }, [])
  const header = layers.find((layer) => layer.name === 'DSID')!.features[0]!.properties
  const stated = { DSNM: `${name}.000`, EDTN: '7', UPDN: '0', ISDT: '20260504', UADT: '20260504', INTU: 4, AGEN: 999, STED: 3.1 }
  for (const [label, value] of Object.entries(stated)) assert.equal(header[`DSID_${label}`], value, label)
  assert.equal(header['DSPM_CSCL'], 25_000)
  assert.deepEqual(
    ['NOMR', 'NOGR', 'NOIN', 'NOCN', 'NOED'].map((label) => header[`DSSI_${label}`]),
    [1, 8, 3, 3, 4],
  )

  const features = gdalFeatures(sampleCell(spec))
  assert.equal(features.size, 9 + 1) // the DSID has no RCID
  const buoy = features.get(7)!
  assert.equal(buoy.properties['OBJNAM'], 'Sample Buoy 2')
  assert.deepEqual(buoy.properties['LNAM_REFS'], ['03E7000000080001'])
  assert.deepEqual(buoy.geometry, { type: 'Point', coordinates: [-30.03, 40.05] })
  assert.deepEqual(features.get(6)!.geometry?.coordinates, [
    [-30.09, 40.01, 4.2],
    [-30.02, 40.03, 17.5],
    [-30.01, 40.08, 26],
  ])
  const shallow = features.get(2)!.geometry?.coordinates as number[][][]
  assert.deepEqual(
    shallow.map((ring) => ring.length),
    [6, 5],
  )
})

test('GDAL applies an update that modifies, deletes and inserts features', () => {
  const features = gdalFeatures(sampleCell({ name }), sampleUpdate({ name }))
  assert.equal(features.get(7)!.properties['OBJNAM'], 'Sample Buoy 2A')
  assert.deepEqual(features.get(7)!.properties['COLOUR'], ['3'])
  assert.equal(features.has(9), false)
  assert.deepEqual(features.get(100_001)!.geometry, { type: 'Point', coordinates: [-30.04, 40.07] })
})

const line: CellSpec = {
  name,
  features: [
    {
      objectClass: 'COALNE',
      geometry: {
        type: 'LineString',
        coordinates: [
          [0, 0],
          [1, 1],
          [2, 0],
          [3, 1],
        ],
      },
    },
    {
      objectClass: 'BOYLAT',
      key: 'buoy',
      geometry: { type: 'Point', coordinates: [5, 5] },
      references: [{ key: 'light', relation: 2 }],
    },
    { objectClass: 'LIGHTS', key: 'light', geometry: { type: 'Point', coordinates: [5, 5] } },
    { objectClass: 'TOPMAR', geometry: { type: 'Point', coordinates: [6, 6] } },
  ],
}

/** After an update, GDAL and our reader must both return the expected coordinates. */
function assertCoordinates(update: Partial<UpdateSpec>, record: number, expected: unknown): void {
  const base = writeCell(line)
  const bytes = writeUpdate({ name, ...update })
  assert.deepEqual(gdalFeatures(base, bytes).get(record)!.geometry?.coordinates, expected, 'GDAL')
  const own = readCell({ name: `${name}.000`, bytes: base }, [{ name: `${name}.001`, bytes }])
  const feature = [...own.features()].find(({ recordId }) => recordId === record)!
  assert.deepEqual(geoJsonOf(feature)?.coordinates, expected, 'our reader')
}

const coordinateEdits: { what: string; edge: Partial<VectorRecordSpec>; expected: number[][] }[] = [
  {
    what: 'inserted',
    edge: { coordinates: [[1.5, 2]], coordinateEdit: { instruction: 1, index: 2, count: 1 } },
    expected: [
      [1, 1],
      [1.5, 2],
      [2, 0],
    ],
  },
  { what: 'deleted', edge: { coordinateEdit: { instruction: 2, index: 1, count: 1 } }, expected: [[2, 0]] },
  {
    what: 'modified',
    edge: { coordinates: [[1, 9]], coordinateEdit: { instruction: 3, index: 1, count: 1 } },
    expected: [
      [1, 9],
      [2, 0],
    ],
  },
]
for (const { what, edge, expected } of coordinateEdits) {
  test(`coordinates of an edge are ${what} (SGCC)`, () => {
    assertCoordinates({ vectors: [{ kind: 130, id: 1, instruction: 3, ...edge }] }, 1, [[0, 0], ...expected, [3, 1]])
  })
}

test('the node of a feature is replaced (FSPC)', () => {
  const spatialEdit = { instruction: 3, index: 1, count: 1 } as const
  const feature = {
    id: 2,
    objectClass: 'BOYLAT',
    primitive: 1,
    instruction: 3,
    spatialEdit,
    spatial: [{ kind: 110, id: 2 }],
  } as const
  assertCoordinates({ features: [feature] }, 2, [6, 6])
})

test('the end node of an edge is replaced (VRPC)', () => {
  const vectors: VectorRecordSpec[] = [
    { kind: 120, id: 50, coordinates: [[4, 4]] },
    {
      kind: 130,
      id: 1,
      instruction: 3,
      pointerEdit: { instruction: 3, index: 2, count: 1 },
      pointers: [{ kind: 120, id: 50, topology: 2 }],
    },
  ]
  assertCoordinates({ vectors }, 1, [
    [0, 0],
    [1, 1],
    [2, 0],
    [4, 4],
  ])
})

test('a reference is added to a feature (FFPC)', () => {
  const pointer = { agency: 65_535, featureId: 4, featureSubdivision: 1, relation: 2 }
  const referenceEdit = { instruction: 1, index: 2, count: 1 } as const
  const feature = { id: 2, objectClass: 'BOYLAT', primitive: 1, instruction: 3, referenceEdit, references: [pointer] } as const
  const features = gdalFeatures(writeCell(line), writeUpdate({ name, features: [feature] }))
  assert.deepEqual(features.get(2)!.properties['LNAM_REFS'], ['FFFF000000030001', 'FFFF000000040001'])
})

for (const cell of demoCells()) {
  test(`GDAL and our reader read ${cell.name} of the invented coast alike`, () => {
    const [base, ...updates] = cell.files
    const own = readCell(base!, updates)
    assert.deepEqual(own.warnings, [])
    assert.deepEqual(differencesFrom(gdal.layers(base!, updates), own), [])
  })
}
