import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { geoJsonOf } from '#test/geo-json-of.ts'
import { type Feature, readCell } from './read-cell.ts'
import type { SpatialPointerSpec, VectorRecordSpec } from './writer/cell-spec.ts'
import { encodeDataSet } from './writer/encode-data-set.ts'

// Edges and pointers are written by hand, because the writer produces only correct ones.

type Corner = readonly [number, number]

/** Straight edges between corners, numbered from 1; each corner gets a node. */
function edgesOf(pairs: readonly (readonly [Corner, Corner])[]): VectorRecordSpec[] {
  const ids = new Map<string, number>()
  const nodes: VectorRecordSpec[] = []
  const nodeAt = (corner: Corner): number => {
    const key = corner.join()
    let id = ids.get(key)
    if (id === undefined) {
      id = ids.size + 1
      ids.set(key, id)
      nodes.push({ kind: 120, id, coordinates: [[...corner]] })
    }
    return id
  }
  const edges = pairs.map(([from, to], i): VectorRecordSpec => {
    const pointers = [
      { kind: 120, id: nodeAt(from), topology: 1 },
      { kind: 120, id: nodeAt(to), topology: 2 },
    ]
    return { kind: 130, id: i + 1, pointers }
  })
  return [...nodes, ...edges]
}

/** The four edges of a square from `(x, y)`, counter-clockwise. */
function square(x: number, y: number, size: number): [Corner, Corner][] {
  const corners: Corner[] = [
    [x, y],
    [x + size, y],
    [x + size, y + size],
    [x, y + size],
  ]
  return corners.map((corner, i): [Corner, Corner] => [corner, corners[(i + 1) % 4]!])
}

function area(vectors: VectorRecordSpec[], spatial: readonly SpatialPointerSpec[]): { feature: Feature; warnings: string[] } {
  const features = [{ id: 1, primitive: 3, objectClass: 'LNDARE', spatial } as const]
  const cell = readCell({ name: 'XX5AREAS.000', bytes: encodeDataSet('base', { name: 'XX5AREAS' }, { vectors, features }) })
  const [feature] = cell.features()
  return { feature: feature!, warnings: cell.warnings }
}

const pointer = (id: number, usage: number, orientation = 1): SpatialPointerSpec => ({ kind: 130, id, usage, orientation })
const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)
const ring = (x: number, y: number, size: number) => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
]

describe('the rings of an area', () => {
  test('outer rings run counter-clockwise and holes clockwise, whatever their direction in the file', () => {
    const vectors = edgesOf([...square(0, 0, 9), ...square(3, 3, 1)])
    const forward = area(vectors, [...ids(1, 4).map((id) => pointer(id, 1)), ...ids(5, 8).map((id) => pointer(id, 2))])
    const expected = { type: 'Polygon', coordinates: [ring(0, 0, 9), ring(3, 3, 1).toReversed()] }
    assert.deepEqual(geoJsonOf(forward.feature), expected)
    const turned = area(vectors, [
      ...ids(1, 4)
        .reverse()
        .map((id) => pointer(id, 1, 2)),
      ...ids(5, 8).map((id) => pointer(id, 2)),
    ])
    assert.deepEqual(geoJsonOf(turned.feature), expected)
    assert.deepEqual([...forward.warnings, ...turned.warnings], [])
  })

  test('rings are linked from edges in any order and direction', () => {
    const { feature, warnings } = area(edgesOf(square(0, 0, 9)), [
      pointer(1, 1),
      pointer(3, 1, 2),
      pointer(4, 1),
      pointer(2, 1, 2),
    ])
    assert.deepEqual(geoJsonOf(feature), { type: 'Polygon', coordinates: [ring(0, 0, 9)] })
    assert.deepEqual(warnings, [])
  })

  test('rings truncated by the data limit (USAG 3) are outer rings', () => {
    const spatial = [pointer(1, 3), pointer(2, 1), pointer(3, 1), pointer(4, 3)]
    assert.deepEqual(area(edgesOf(square(0, 0, 9)), spatial).feature.geometry?.type, 'Polygon')
  })

  test('outer rings and holes are separated by containment when USAG does not state them', () => {
    const vectors = edgesOf([...square(3, 3, 1), ...square(0, 0, 9), ...square(20, 0, 5), ...square(3.2, 3.2, 0.2)])
    const { feature, warnings } = area(
      vectors,
      ids(1, 16).map((id) => pointer(id, 255)),
    )
    assert.deepEqual(geoJsonOf(feature), {
      type: 'MultiPolygon',
      coordinates: [[ring(0, 0, 9), ring(3, 3, 1).toReversed()], [ring(20, 0, 5)], [ring(3.2, 3.2, 0.2)]].map((polygon) =>
        polygon.map((positions) => positions.map(([x, y]) => [Math.round(x! * 1e7) / 1e7, Math.round(y! * 1e7) / 1e7])),
      ),
    })
    assert.match(warnings.join(), /XX5AREAS\.000, feature 1 \(LNDARE\): .*\(USAG\)/)
  })

  test('an area with two outer rings becomes two polygons, each with its holes', () => {
    const vectors = edgesOf([...square(0, 0, 5), ...square(10, 0, 5), ...square(11, 1, 1)])
    const { feature } = area(vectors, [...ids(1, 8).map((id) => pointer(id, 1)), ...ids(9, 12).map((id) => pointer(id, 2))])
    assert.deepEqual(geoJsonOf(feature), {
      type: 'MultiPolygon',
      coordinates: [[ring(0, 0, 5)], [ring(10, 0, 5), ring(11, 1, 1).toReversed()]],
    })
  })

  test('rings that touch at a corner stay separate', () => {
    const vectors = edgesOf([...square(0, 0, 5), ...square(5, 5, 5)])
    const { feature } = area(
      vectors,
      ids(1, 8).map((id) => pointer(id, 1)),
    )
    assert.deepEqual(geoJsonOf(feature), { type: 'MultiPolygon', coordinates: [[ring(0, 0, 5)], [ring(5, 5, 5)]] })
  })
})

describe('areas with open rings', () => {
  test('an open area has no geometry, with a warning', () => {
    const { feature, warnings } = area(edgesOf(square(0, 0, 9)), [pointer(1, 1), pointer(2, 1), pointer(3, 1)])
    assert.equal(feature.geometry, null)
    assert.match(warnings.join('\n'), /feature 1 \(LNDARE\): left out edges that form no closed ring/)
  })

  test('a small gap in a ring is closed', () => {
    const almost = square(0, 0, 9)
    almost[3] = [
      [0, 9],
      [0, 0.001],
    ]
    const { feature, warnings } = area(
      edgesOf(almost),
      ids(1, 4).map((id) => pointer(id, 1)),
    )
    assert.deepEqual(geoJsonOf(feature), { type: 'Polygon', coordinates: [[...ring(0, 0, 9).slice(0, -1), [0, 0.001], [0, 0]]] })
    assert.match(warnings.join(), /small gap/)
  })

  test('an area with one open ring keeps its other rings', () => {
    const vectors = edgesOf([...square(0, 0, 9), ...square(3, 3, 1)])
    const { feature, warnings } = area(vectors, [...ids(1, 4).map((id) => pointer(id, 1)), pointer(5, 2), pointer(6, 2)])
    assert.deepEqual(geoJsonOf(feature), { type: 'Polygon', coordinates: [ring(0, 0, 9)] })
    assert.equal(warnings.length, 1)
  })

  test('the warning names a missing edge or node', () => {
    const missing = area(edgesOf(square(0, 0, 9)), [...ids(1, 3).map((id) => pointer(id, 1)), pointer(44, 1)])
    assert.match(missing.warnings[0]!, /edge 44 is missing/)
    const vectors = edgesOf(square(0, 0, 9)).filter(({ kind, id }) => kind !== 120 || id !== 3)
    assert.match(
      area(
        vectors,
        ids(1, 4).map((id) => pointer(id, 1)),
      ).warnings[0]!,
      /connected node 3, a node of edge 2, is missing/,
    )
  })
})
