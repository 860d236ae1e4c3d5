import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ATTRIBUTES } from '#s57/data/attributes.ts'
import { OBJECT_CLASSES } from '#s57/data/object-classes.ts'
import { type Cell, type Feature, readCell } from '#s57/read-cell.ts'
import type { CellSpec, FeatureSpec } from '#s57/writer/cell-spec.ts'
import { writeCell } from '#s57/writer/write-cell.ts'
import { writeUpdate } from '#s57/writer/write-update.ts'
import { geoJsonOf } from '#test/geo-json-of.ts'
import { differencesFrom } from './compare-with-gdal.ts'
import { startGdal } from './gdal.ts'

// Less common parts of S-57, each read by this reader and by GDAL.

const gdal = await startGdal()
const box = (west: number, south: number, size: number) => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
]

function readBoth(spec: Partial<CellSpec> & { features: readonly FeatureSpec[] }, updates: Uint8Array[] = []): Cell {
  const base = { name: 'XX5WHOLE.000', bytes: writeCell({ name: 'XX5WHOLE', ...spec }) }
  const later = updates.map((bytes, i) => ({ name: `XX5WHOLE.00${i + 1}`, bytes }))
  const cell = readCell(base, later)
  assert.deepEqual(differencesFrom(gdal.layers(base, later), readCell(base, later)), [])
  assert.deepEqual(cell.warnings, [])
  return cell
}
const only = (cell: Cell): Feature => {
  const features = [...cell.features()]
  assert.equal(features.length, 1)
  return features[0]!
}
const point = (objectClass: string, more: Partial<FeatureSpec> = {}): FeatureSpec => ({
  objectClass,
  geometry: { type: 'Point', coordinates: [-30, 45] },
  ...more,
})

describe('coverage', () => {
  const covered = (geometry: FeatureSpec['geometry'] & {}): FeatureSpec => ({
    objectClass: 'M_COVR',
    attributes: { CATCOV: 1 },
    geometry,
  })
  const hole = box(-29.7, 45.3, 0.2)
  const withHole = [box(-30, 45, 1), hole.toReversed()]
  const rings = (cell: Cell) => {
    const geometry = geoJsonOf([...cell.features()][0]!)
    assert.equal(geometry?.type, 'MultiPolygon')
    return geometry.coordinates.map((polygon) => polygon.map((ring) => ring.length))
  }

  test('coverage with a hole that another coverage object fills is read', () => {
    const filled: FeatureSpec = {
      objectClass: 'M_COVR',
      attributes: { CATCOV: 2 },
      geometry: { type: 'Polygon', coordinates: [hole] },
    }
    const cell = readBoth({ features: [covered({ type: 'Polygon', coordinates: withHole }), filled] })
    const [first, second] = [...cell.features()]
    assert.equal(first?.geometry?.type, 'Polygon')
    assert.equal(first.geometry.paths.length, 2)
    assert.equal(second?.attributes.get('CATCOV'), '2')
  })

  test('coverage in two parts keeps the holes of each (GDAL reads the second part as a hole)', () => {
    const geometry = { type: 'MultiPolygon' as const, coordinates: [withHole, [box(-28, 45, 0.5)]] }
    const bytes = writeCell({ name: 'XX5WHOLE', features: [covered(geometry)] })
    assert.deepEqual(rings(readCell({ name: 'XX5WHOLE.000', bytes })), [[5, 5], [5]])
  })
})

describe('relations', () => {
  test('collections keep members, kinds of relation and comments through an update', () => {
    const features: FeatureSpec[] = [
      point('BCNSPP', { key: 'front' }),
      point('BCNSPP', { key: 'rear', geometry: { type: 'Point', coordinates: [-30.1, 45.1] } }),
      {
        objectClass: 'C_AGGR',
        key: 'range',
        attributes: { OBJNAM: 'Range' },
        references: [
          { key: 'front', relation: 3 },
          { key: 'rear', relation: 3, comment: 'the higher one' },
        ],
      },
      { objectClass: 'C_ASSO', references: [{ key: 'range', relation: 3 }] },
      point('LIGHTS', { key: 'light' }),
      point('LNDMRK', { references: [{ key: 'light', relation: 2 }] }),
    ]
    const update = writeUpdate({
      name: 'XX5WHOLE',
      features: [
        {
          id: 3,
          objectClass: 'C_AGGR',
          primitive: 255,
          instruction: 3,
          version: 2,
          references: [{ agency: 65_535, featureId: 5, featureSubdivision: 1, relation: 1 }],
          referenceEdit: { instruction: 1, index: 3, count: 1 },
        },
      ],
    })
    const read = [...readBoth({ features }, [update]).features()]
    const pointsTo = (feature: Feature | undefined) =>
      feature?.references.map(({ featureId, relation, comment }) => `${featureId} ${relation} ${comment}`.trim())
    assert.deepEqual([read[2]?.acronym, read[2]?.primitive, read[2]?.geometry], ['C_AGGR', 'none', null])
    assert.deepEqual(pointsTo(read[2]), ['1 3', '2 3 the higher one', '5 1'])
    assert.deepEqual(pointsTo(read[3]), ['3 3'])
    assert.deepEqual(pointsTo(read[5]), ['5 2'])
  })
})

describe('national text', () => {
  test('national text in UCS-2 is changed and deleted by updates', () => {
    const names = { NOBJNM: '\u6771\u4eac\u6e7e', NINFOM: '\u041f\u0440\u0438\u0432\u0435\u0442' }
    const features = [point('SEAARE', { attributes: { OBJNAM: 'T\u00f4ky\u00f4 Bay' }, nationalAttributes: names })]
    const before = only(readBoth({ nationalLevel: 2, features }))
    assert.deepEqual(Object.fromEntries(before.nationalAttributes), names)
    const update = writeUpdate({
      name: 'XX5WHOLE',
      nationalLevel: 2,
      features: [
        {
          id: 1,
          objectClass: 'SEAARE',
          primitive: 1,
          instruction: 3,
          version: 2,
          nationalAttributes: { NOBJNM: '\u00e6\u6e7e', NINFOM: '\x7f' },
        },
      ],
    })
    // Only this reader is tested here, because GDAL does not apply changes of national attributes.
    const bytes = writeCell({ name: 'XX5WHOLE', nationalLevel: 2, features })
    const after = only(readCell({ name: 'XX5WHOLE.000', bytes }, [{ name: 'XX5WHOLE.001', bytes: update }]))
    assert.deepEqual(Object.fromEntries(after.nationalAttributes), { NOBJNM: '\u00e6\u6e7e' })
  })
})

describe('inland charts', () => {
  test('classes and attributes of the inland catalogue have their acronyms', () => {
    const features = [
      point('notmrk', { attributes: { catnmk: 32, fnctnm: 2, updmsg: 'checked' } }),
      point('wtwgag', { attributes: { higwat: 7.3, hignam: 'HSW', unlocd: 'XXABC00001' } }),
      point('vehtrf', { attributes: { catvtr: '1,2', shptyp: 3 } }),
      point('uwtroc', { attributes: { VALSOU: 1.2, watlev: 3 } }),
    ]
    const bytes = writeCell({ name: 'XX7RIVER', usageBand: 8, features })
    const read = [...readCell({ name: 'XX7RIVER.000', bytes }).features()]
    assert.deepEqual(
      read.map(({ objectClass, acronym, attributes }) => [objectClass, acronym, Object.fromEntries(attributes)]),
      [
        [17050, 'notmrk', { catnmk: '32', fnctnm: '2', updmsg: 'checked' }],
        [17067, 'wtwgag', { higwat: '7.3', hignam: 'HSW', unlocd: 'XXABC00001' }],
        [17069, 'vehtrf', { catvtr: '1,2', shptyp: '3' }],
        [17033, 'uwtroc', { VALSOU: '1.2', watlev: '3' }],
      ],
    )
  })

  test('every assigned code from 17000 to 17070 is known', () => {
    const unused = [17026, ...Array.from({ length: 15 }, (_, i) => 17035 + i)]
    for (let code = 17000; code <= 17070; code++) assert.equal(OBJECT_CLASSES.has(code), !unused.includes(code), String(code))
    assert.equal(OBJECT_CLASSES.get(17018)?.acronym, 'm_nsys')
    assert.deepEqual(
      [ATTRIBUTES.get(17103)?.acronym, ATTRIBUTES.get(17112)?.acronym, ATTRIBUTES.get(40000)?.acronym],
      ['hunits', 'catwwm', 'updmsg'],
    )
  })

  test('unknown codes are kept by number', () => {
    const bytes = writeCell({ name: 'XX5OTHER', features: [{ objectClass: 19_999, attributes: { 19998: 'x' } }] })
    const feature = only(readCell({ name: 'XX5OTHER.000', bytes }))
    assert.deepEqual([feature.acronym, ...feature.attributes], ['OBJL_19999', ['ATTL_19998', 'x']])
  })
})
