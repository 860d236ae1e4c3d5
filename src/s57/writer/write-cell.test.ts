import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { geoJsonOf } from '#test/geo-json-of.ts'
import { readCell } from '../read-cell.ts'
import type { CellSpec, FeatureSpec } from './cell-spec.ts'
import { layOutFeatures } from './lay-out-features.ts'
import { writeCell } from './write-cell.ts'
import { writeUpdate } from './write-update.ts'

const name = 'XX5WRITE'

function features(spec: CellSpec) {
  return [...readCell({ name: `${spec.name}.000`, bytes: writeCell(spec) }).features()]
}

function area(ring: number[][], ...holes: number[][][]): FeatureSpec {
  return {
    objectClass: 'DEPARE',
    attributes: { DRVAL1: 0, DRVAL2: 5 },
    geometry: { type: 'Polygon', coordinates: [ring, ...holes] },
  }
}

const west = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [0, 0],
]
const east = [
  [1, 0],
  [2, 0],
  [2, 1],
  [1, 1],
  [1, 0],
]

describe('topology', () => {
  test('adjoining areas share the edge between them, in opposite directions', () => {
    const { vectors, features: records } = layOutFeatures({ name }, [area(west), area(east)])
    assert.equal(vectors.filter(({ kind }) => kind === 130).length, 3)
    assert.equal(vectors.filter(({ kind }) => kind === 120).length, 2)
    const [first, second] = records.map((record) => new Map(record.spatial?.map((pointer) => [pointer.id, pointer.orientation])))
    const shared = [...first!.keys()].filter((id) => second!.has(id))
    assert.equal(shared.length, 1)
    assert.notEqual(first!.get(shared[0]!), second!.get(shared[0]!))
  })

  test('a hole and the island in it share one edge that begins and ends at one node', () => {
    const island = [
      [0.2, 0.2],
      [0.4, 0.2],
      [0.3, 0.4],
      [0.2, 0.2],
    ]
    const { vectors, features: records } = layOutFeatures({ name }, [area(west, island), area(island.toReversed())])
    const edges = vectors.filter(({ kind }) => kind === 130)
    assert.equal(edges.length, 2)
    const pointers = records.flatMap(({ spatial }) => spatial ?? []).filter(({ id }) => id === 2)
    assert.deepEqual(
      pointers.map(({ usage }) => usage),
      [2, 1],
    )
    assert.deepEqual(new Set(pointers.map(({ orientation }) => orientation)).size, 2)
    for (const { pointers: ends } of edges) assert.equal(ends?.[0]?.id, ends?.[1]?.id)
  })

  test('a vertex on a straight side of a neighbour is inserted into that side', () => {
    const tall = [
      [1, -1],
      [2, -1],
      [2, 2],
      [1, 2],
      [1, -1],
    ]
    const { features: records } = layOutFeatures({ name }, [area(west), area(tall)])
    const ids = records.map((record) => new Set(record.spatial?.map(({ id }) => id)))
    assert.equal([...ids[0]!].filter((id) => ids[1]!.has(id)).length, 1)
  })

  test('boundaries along the data limit are marked as truncated, and others as drawn', () => {
    const { features: records } = layOutFeatures({ name, dataLimit: [0, 0, 2, 1] }, [area(west), area(east)])
    for (const { spatial } of records) assert.deepEqual(spatial?.map(({ usage }) => usage).toSorted(), [1, 3])
  })

  test('point features at one position share a node, and use the connected node where a line ends', () => {
    const point = (at: number[]): FeatureSpec => ({ objectClass: 'LIGHTS', geometry: { type: 'Point', coordinates: at } })
    const line: FeatureSpec = {
      objectClass: 'COALNE',
      geometry: {
        type: 'LineString',
        coordinates: [
          [5, 5],
          [6, 6],
        ],
      },
    }
    const { vectors, features: records } = layOutFeatures({ name }, [line, point([3, 3]), point([3, 3]), point([6, 6])])
    assert.equal(vectors.filter(({ kind }) => kind === 110).length, 1)
    assert.deepEqual(
      records.slice(1).map(({ spatial }) => spatial?.[0]?.kind),
      [110, 110, 120],
    )
  })

  test('exterior rings run clockwise and holes counter-clockwise, whatever their direction in the spec', () => {
    const hole = [
      [0.2, 0.2],
      [0.4, 0.2],
      [0.3, 0.4],
      [0.2, 0.2],
    ]
    const given = layOutFeatures({ name }, [area(west, hole)])
    const reversed = layOutFeatures({ name }, [area(west.toReversed(), hole.toReversed())])
    const windings = (laidOut: typeof given) =>
      laidOut.features[0]!.spatial!.map(({ id, orientation }) => {
        const edge = laidOut.vectors.find((vector) => vector.kind === 130 && vector.id === id)!
        const node = laidOut.vectors.find((vector) => vector.kind === 120 && vector.id === edge.pointers![0]!.id)!
        const ring = [...node.coordinates!, ...edge.coordinates!]
        const sum = ring.reduce((total, [x = 0, y = 0], i) => {
          const [nextX = 0, nextY = 0] = ring[(i + 1) % ring.length]!
          return total + x * nextY - nextX * y
        }, 0)
        return Math.sign(sum) * (orientation === 1 ? 1 : -1)
      })
    assert.deepEqual(windings(given), [-1, 1])
    assert.deepEqual(windings(reversed), [-1, 1])
  })

  test('a ring of two positions is refused', () => {
    assert.throws(
      () =>
        writeCell({
          name,
          features: [
            area([
              [0, 0],
              [1, 0],
              [0, 0],
            ]),
          ],
        }),
      /ring has only 2 different positions/,
    )
  })
})

describe('values', () => {
  test('national text of lexical level 2 and Latin text of level 1 are read as written', () => {
    const spec: CellSpec = {
      name,
      nationalLevel: 2,
      features: [
        {
          objectClass: 'LNDRGN',
          attributes: { OBJNAM: "Île d'Or" },
          nationalAttributes: { NOBJNM: 'Žluťoučký 岛' },
          geometry: { type: 'Point', coordinates: [0, 0] },
        },
      ],
    }
    const [feature] = features(spec)
    assert.equal(feature?.attributes.get('OBJNAM'), "Île d'Or")
    assert.equal(feature?.nationalAttributes.get('NOBJNM'), 'Žluťoučký 岛')
  })

  test('text that a lexical level cannot represent is refused', () => {
    const wrong: FeatureSpec = { objectClass: 'LNDRGN', attributes: { OBJNAM: '岛' } }
    assert.throws(() => writeCell({ name, features: [wrong] }), /OBJNAM: "岛" needs lexical level 2/)
  })

  test('classes and attributes outside the catalogue are refused by name and written by number', () => {
    assert.throws(() => writeCell({ name, features: [{ objectClass: 'NOSUCH' }] }), /NOSUCH is not an object class/)
    assert.throws(
      () => writeCell({ name, features: [{ objectClass: 'LNDARE', attributes: { NOSUCH: 1 } }] }),
      /NOSUCH is neither an attribute/,
    )
    const [feature] = features({ name, features: [{ objectClass: 9999, attributes: { 9998: 'x' } }] })
    assert.equal(feature?.objectClass, 9999)
    assert.equal([...feature!.attributes.values()][0], 'x')
  })

  test('coordinates and depths are rounded to the factors of the cell', () => {
    const geometry = {
      type: 'MultiPoint' as const,
      coordinates: [
        [-179.99999, 12.34567, 7.25],
        [0.00001, -0.00001, -1.5],
      ],
    }
    const factors = { coordinateFactor: 100_000, soundingFactor: 100 }
    const [soundings] = features({ name, ...factors, features: [{ objectClass: 'SOUNDG', geometry }] })
    assert.deepEqual(geoJsonOf(soundings!), geometry)
  })

  test('numbers that do not fit their field are refused', () => {
    assert.throws(() => writeCell({ name, producer: 70_000, features: [] }), RangeError)
    const far: FeatureSpec = { objectClass: 'LIGHTS', geometry: { type: 'Point', coordinates: [300, 0] } }
    assert.throws(() => writeCell({ name, features: [far] }), RangeError)
  })
})

test('a reference to an unknown key is refused', () => {
  const buoy: FeatureSpec = { objectClass: 'BOYLAT', references: [{ key: 'light', relation: 2 }] }
  assert.throws(() => writeCell({ name, features: [buoy] }), /no feature of the cell has the key light/)
})

test('equal specs give equal bytes', () => {
  const spec: CellSpec = { name, features: [area(west), area(east)] }
  assert.deepEqual(writeCell(spec), writeCell(spec))
})

test('an update of edition 0 cancels the cell', () => {
  const base = { name: `${name}.000`, bytes: writeCell({ name, features: [area(west)] }) }
  const cell = readCell(base, [{ name: `${name}.001`, bytes: writeUpdate({ name, edition: 0 }) }])
  assert.equal(cell.cancelled, true)
  assert.equal(readCell(base).cancelled, false)
})

test('a record of more than 99,999 bytes is written and read', () => {
  const coordinates = Array.from({ length: 12_000 }, (_, i) => [i / 1000, 10, i / 10])
  const [soundings] = features({ name, features: [{ objectClass: 'SOUNDG', geometry: { type: 'MultiPoint', coordinates } }] })
  assert.equal(soundings?.geometry?.positions.length, 36_000)
})
