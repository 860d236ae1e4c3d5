import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { toGeoJson } from '#s57/packed-geometry.ts'
import { readDataset } from './read-dataset.ts'
import { S101Error } from './s101-error.ts'
import type { DatasetRecordsSpec, DatasetSpec } from './writer/dataset-spec.ts'
import { writeDataset, writeDatasetRecords, writeDatasetUpdate } from './writer/write-dataset.ts'

const NAME = '101XX00TEST'
const base = (spec: Partial<DatasetSpec> & Pick<DatasetSpec, 'features'>) => ({
  name: `${NAME}.000`,
  bytes: writeDataset({ name: NAME, ...spec }),
})
const records = (spec: Partial<DatasetRecordsSpec>) => ({
  name: `${NAME}.000`,
  bytes: writeDatasetRecords({ name: NAME, ...spec }),
})
const update = (spec: Partial<DatasetRecordsSpec>, number = 1) => ({
  name: `${NAME}.${String(number).padStart(3, '0')}`,
  bytes: writeDatasetUpdate({ name: NAME, updateNumber: number, firstCode: 40, ...spec }),
})

const ring = [
  [0, 0],
  [0.1, 0],
  [0.1, 0.1],
  [0, 0.1],
  [0, 0],
]
const hole = [
  [0.02, 0.02],
  [0.02, 0.04],
  [0.04, 0.04],
  [0.02, 0.02],
]

describe('a written dataset is read back', () => {
  test('attributes keep their tree, their order and their repeats', () => {
    const attributes = [
      {
        name: 'featureName',
        children: [
          { name: 'language', value: 'eng' },
          { name: 'name', value: '\u00c5land' },
        ],
      },
      { name: 'colour', value: 3 },
      { name: 'colour', value: 1 },
      { name: 'radarConspicuous', value: true },
    ]
    const dataset = readDataset(
      base({ features: [{ type: 'LateralBuoy', attributes, geometry: { type: 'Point', coordinates: [1, 2] } }] }),
    )
    const [buoy] = [...dataset.features()]
    assert.deepEqual(buoy!.object.attributes, [
      {
        name: 'featureName',
        value: '',
        children: [
          { name: 'language', value: 'eng', children: [] },
          { name: 'name', value: '\u00c5land', children: [] },
        ],
      },
      { name: 'colour', value: '3', children: [] },
      { name: 'colour', value: '1', children: [] },
      { name: 'radarConspicuous', value: 'true', children: [] },
    ])
    assert.deepEqual(toGeoJson(buoy!.geometry!), { type: 'Point', coordinates: [1, 2] })
  })

  test('an area of composite curves has its outer ring counter-clockwise and its hole clockwise', () => {
    const dataset = readDataset(
      base({
        features: [
          { type: 'DepthArea', geometry: { type: 'Polygon', coordinates: [ring, hole] } },
          { type: 'DepthContour', geometry: { type: 'LineString', coordinates: [ring[0]!, ring[1]!] } },
        ],
      }),
    )
    const [area] = [...dataset.features()]
    const geometry = toGeoJson(area!.geometry!) as { coordinates: number[][][] }
    assert.equal(geometry.coordinates.length, 2)
    assert.deepEqual(new Set(geometry.coordinates[0]!.map(String)), new Set(ring.map(String)))
    const signed = geometry.coordinates.map((positions) =>
      positions.slice(1).reduce((sum, [x = 0, y = 0], i) => sum + positions[i]![0]! * y - x * positions[i]![1]!, 0),
    )
    assert.ok(signed[0]! > 0 && signed[1]! < 0)
  })

  test('soundings have their depths in metres by the factor of the file', () => {
    const geometry = {
      type: 'MultiPoint' as const,
      coordinates: [
        [0, 0, 4.5],
        [0.1, 0, -1.25],
      ],
    }
    const dataset = readDataset(base({ soundingFactor: 100, features: [{ type: 'Sounding', geometry }] }))
    assert.deepEqual(toGeoJson([...dataset.features()][0]!.geometry!), geometry)
  })

  test('a point with a SpatialQuality of low accuracy is inaccurate', () => {
    const information = [{ key: 'q', type: 'SpatialQuality', attributes: [{ name: 'qualityOfHorizontalMeasurement', value: 4 }] }]
    const geometry = { type: 'Point' as const, coordinates: [1, 1] }
    const features = [
      { type: 'Wreck', quality: 'q', geometry },
      { type: 'Wreck', geometry: { ...geometry, coordinates: [2, 2] } },
    ]
    const found = [...readDataset(base({ information, features })).features()]
    assert.deepEqual(
      found.map(({ isInaccuratePoint }) => isInaccuratePoint),
      [true, false],
    )
  })
})

const curve = (id: number, coordinates: number[][]) => ({ kind: 120 as const, id, coordinates })
const line = (id: number, kind: number, to: number, orientation = 1) => ({
  ...{ id, type: 'DepthContour', spatial: [{ kind, id: to, orientation }] },
})

describe('composite curves', () => {
  test('are joined through composites of composites, forward and in reverse', () => {
    const spatial = [
      curve(1, [
        [0, 0],
        [0, 1],
      ]),
      curve(2, [
        [0, 2],
        [0, 1],
      ]),
      curve(3, [
        [0, 3],
        [0, 2],
      ]),
      {
        kind: 125 as const,
        id: 1,
        members: [
          { kind: 120, id: 1 },
          { kind: 120, id: 2, orientation: 2 },
        ],
      },
      {
        kind: 125 as const,
        id: 2,
        members: [
          { kind: 120, id: 3 },
          { kind: 125, id: 1, orientation: 2 },
        ],
      },
    ]
    const dataset = readDataset(records({ spatial, features: [line(1, 125, 2), line(2, 125, 2, 2)] }))
    const [forward, reverse] = [...dataset.features()].map(({ geometry }) => toGeoJson(geometry!))
    const expected = [
      [0, 3],
      [0, 2],
      [0, 1],
      [0, 0],
    ]
    assert.deepEqual(forward, { type: 'LineString', coordinates: expected })
    assert.deepEqual(reverse, { type: 'LineString', coordinates: expected.toReversed() })
    assert.deepEqual(dataset.warnings, [])
  })

  test('that contain themselves end with a warning', () => {
    const spatial = [{ kind: 125 as const, id: 1, members: [{ kind: 125, id: 1 }] }]
    const dataset = readDataset(records({ spatial, features: [line(1, 125, 1)] }))
    assert.equal([...dataset.features()][0]!.geometry, null)
    assert.match(dataset.warnings.join('\n'), /nested more than 32 deep/)
  })

  test('that double at each level exhaust the allowance and not the memory', () => {
    const members = (id: number) => [
      { kind: 125, id },
      { kind: 125, id },
    ]
    const spatial = [
      curve(1, [
        [0, 0],
        [0, 1],
      ]),
      {
        kind: 125 as const,
        id: 1,
        members: [
          { kind: 120, id: 1 },
          { kind: 120, id: 1 },
        ],
      },
      ...Array.from({ length: 30 }, (_, i) => ({ kind: 125 as const, id: i + 2, members: members(i + 1) })),
    ]
    const dataset = readDataset(records({ spatial, features: [line(1, 125, 31)] }))
    assert.throws(() => [...dataset.features()], S101Error)
  })
})

describe('updates', () => {
  const point = (id: number, at: number[]) => ({ kind: 110 as const, id, coordinates: [at] })
  const contour = {
    spatial: [
      point(1, [0, 0]),
      point(2, [0, 4]),
      {
        ...curve(1, [
          [0, 0],
          [0, 1],
          [0, 2],
          [0, 4],
        ]),
        endPoints: [
          { id: 1, topology: 1 as const },
          { id: 2, topology: 2 as const },
        ],
      },
    ],
    features: [
      {
        ...line(1, 120, 1),
        attributes: [
          { name: 'valueOfDepthContour', value: 5 },
          { name: 'scaleMinimum', value: 22000 },
        ],
      },
    ],
  }
  const only = (...updates: { name: string; bytes: Buffer }[]) => {
    const dataset = readDataset(records(contour), updates)
    return { dataset, feature: [...dataset.features()][0]! }
  }
  const edit = (instruction: 1 | 2 | 3, index: number, count: number, coordinates?: number[][]) => ({
    ...{ kind: 120 as const, id: 1, instruction: 3 as const, coordinateEdit: { instruction, index, count } },
    ...(coordinates === undefined ? {} : { coordinates }),
  })

  test('edit coordinates by their place', () => {
    const { feature, dataset } = only(
      update({ spatial: [edit(2, 2, 2)] }),
      update({ spatial: [edit(1, 2, 1, [[1, 1]])] }, 2),
      update({ spatial: [edit(3, 2, 1, [[1, 3]])] }, 3),
    )
    assert.deepEqual(toGeoJson(feature.geometry!), {
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 3],
        [0, 4],
      ],
    })
    assert.equal(dataset.header.updateNumber, 3)
  })

  test('that insert before the begin point of a curve are taken as behind it, with a warning', () => {
    const { feature, dataset } = only(update({ spatial: [edit(1, 1, 1, [[1, 0.5]])] }))
    assert.deepEqual((toGeoJson(feature.geometry!) as { coordinates: number[][] }).coordinates[1], [1, 0.5])
    assert.match(dataset.warnings.join(), /behind the first position/)
  })

  test('after which a curve no longer ends at its point are refused', () => {
    assert.throws(() => only(update({ spatial: [edit(3, 4, 1, [[0, 5]])] })), /no longer ends at its point/)
  })

  test('edit attributes by name and number, with their own codes', () => {
    const attributes = [
      { name: 'scaleMinimum', value: '', instruction: 2 as const },
      { name: 'valueOfDepthContour', value: 10, instruction: 3 as const },
      { name: 'featureName', children: [{ name: 'name', value: 'New' }] },
    ]
    const { feature } = only(update({ features: [{ ...line(1, 120, 1), spatial: [], instruction: 3, attributes }] }))
    assert.deepEqual(
      feature.object.attributes.map(({ name, value, children }) => [name, value, children.length]),
      [
        ['valueOfDepthContour', '10', 0],
        ['featureName', '', 1],
      ],
    )
  })

  test('that change an attribute the record does not have are refused', () => {
    const attributes = [{ name: 'valueOfDepthContour', value: 1, index: 2, instruction: 3 as const }]
    assert.throws(
      () => only(update({ features: [{ ...line(1, 120, 1), spatial: [], instruction: 3, attributes }] })),
      /feature 1, ATTR: the update changes "valueOfDepthContour" 2/,
    )
  })

  test('replace spatial associations', () => {
    const spatial = [
      { kind: 120, id: 1, orientation: 255, instruction: 2 as const },
      { kind: 120, id: 7, orientation: 1, instruction: 1 as const },
    ]
    const { feature } = only(
      update({
        spatial: [
          curve(7, [
            [5, 5],
            [6, 6],
          ]),
        ],
        features: [{ ...line(1, 120, 1), spatial, instruction: 3 }],
      }),
    )
    assert.deepEqual(toGeoJson(feature.geometry!), {
      type: 'LineString',
      coordinates: [
        [5, 5],
        [6, 6],
      ],
    })
  })

  test('delete a record whatever version they name, and may use its number again for another type', () => {
    const { dataset } = only(
      update({ features: [{ id: 1, type: 'DepthContour', instruction: 2, version: 0 }] }),
      update({ features: [{ id: 1, type: 'Coastline', spatial: [{ kind: 120, id: 1, orientation: 1 }] }] }, 2),
    )
    assert.deepEqual(
      [...dataset.features()].map(({ object }) => object.type),
      ['Coastline'],
    )
  })

  test('of edition 0 cancel the dataset', () => {
    const { dataset } = only(update({ edition: 0 }))
    assert.equal(dataset.header.cancelled, true)
    assert.equal(dataset.header.updateNumber, 1)
  })

  test('must follow each other without a gap', () => {
    assert.throws(() => only(update({}, 2)), /update 1 is missing/)
  })
})

test('an entry of attributes that names a later one as its parent is left out with a warning', () => {
  const file = base({
    features: [
      {
        type: 'Wreck',
        attributes: [
          { name: 'a', value: 1 },
          { name: 'b', value: 2 },
        ],
      },
    ],
  })
  const at = file.bytes.lastIndexOf(Buffer.from([1, 0, 1, 0, 0, 0, 1]))
  file.bytes.writeUInt16LE(2, at + 4)
  const dataset = readDataset(file)
  const [wreck] = [...dataset.features()]
  assert.deepEqual(
    wreck!.object.attributes.map(({ name }) => name),
    ['b'],
  )
  assert.match(dataset.warnings.join(), /left out its attribute "a"/)
})

test('a dataset without features is refused, because it may have been cut off', () => {
  assert.throws(() => readDataset(records({})), /no features/)
})

const wreck = {
  ...{ id: 1, type: 'Wreck', spatial: [{ kind: 110, id: 1 }] },
}
const wreckAt = (coordinates: number[]) => ({ kind: 110 as const, id: 1, coordinates: [coordinates] })
/** The same bytes with others in the place of some that occur in them. */
function patched<F extends { bytes: Buffer }>(file: F, from: Buffer, to: Buffer): F {
  const at = file.bytes.lastIndexOf(from)
  assert.ok(at > 0)
  const bytes = Buffer.from(file.bytes)
  to.copy(bytes, at)
  return { ...file, bytes }
}

test('a re-issue whose DSED has no update number takes it from its name, and updates that it contains are passed over', () => {
  const written = records({ updateNumber: 5, spatial: [wreckAt([1, 2])], features: [wreck] })
  const reissue = patched(written, Buffer.from('1.5\x1f'), Buffer.from('1.0\x1f'))
  const gone = update({ features: [{ ...wreck, instruction: 2 }] }, 5)
  const next = update({ features: [{ ...wreck, id: 2 }] }, 6)
  const dataset = readDataset(reissue, [gone, next])
  assert.equal(dataset.header.updateNumber, 6)
  assert.deepEqual(
    [...dataset.features()].map(({ object }) => object.id),
    [1, 2],
  )
})

test('an update that edits segments of a curve is refused, because its coordinates would go to the wrong place', () => {
  const contour = {
    spatial: [
      {
        ...{ kind: 120 as const, id: 1 },
        coordinates: [
          [0, 0],
          [1, 1],
        ],
      },
    ],
    features: [{ id: 1, type: 'DepthContour', spatial: [{ kind: 120, id: 1 }] }],
  }
  const edit = {
    kind: 120 as const,
    id: 1,
    instruction: 3 as const,
    coordinateEdit: { instruction: 1 as const, index: 2, count: 1 },
  }
  const written = update({ spatial: [{ ...edit, coordinates: [[0.5, 0.6]] }] })
  assert.equal([...readDataset(records(contour), [written]).features()].length, 1)
  const second = patched(written, Buffer.from([3, 1, 0, 1, 0, 0x1e]), Buffer.from([1, 2, 0, 1, 0, 0x1e]))
  assert.throws(() => readDataset(records(contour), [second]), /curve 1, SECC: the update edits segments \(SECC 1, 2, 1\)/)
})

test('an update may state another factor of depths than its base when it has no depths', () => {
  const before = records({ spatial: [wreckAt([1, 2])], features: [wreck] })
  const moved = { ...wreckAt([1, 3]), instruction: 3 as const }
  const [found] = [...readDataset(before, [update({ soundingFactor: 100, spatial: [moved] })]).features()]
  assert.deepEqual(toGeoJson(found!.geometry!), { type: 'Point', coordinates: [1, 3] })
  const deep = { kind: 115 as const, id: 1, coordinates: [[1, 3, 4]] }
  assert.throws(() => readDataset(before, [update({ soundingFactor: 100, spatial: [deep] })]), /factors 10000000 and 100/)
})
