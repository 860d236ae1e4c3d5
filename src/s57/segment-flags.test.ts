import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PackedGeometry } from './packed-geometry.ts'
import { readCell } from './read-cell.ts'
import { SEGMENT } from './segment-flags.ts'
import type { FeatureSpec } from './writer/cell-spec.ts'
import { writeCell } from './writer/write-cell.ts'

type Point = readonly [number, number]

/** A square of one degree from [0, 0], whose west side is the limit of the data, with a square hole. */
const outline: Point[] = [
  ...([
    [0, 0],
    [0.2, 0],
    [0.5, 0.01],
    [0.8, 0],
    [1, 0],
  ] as const),
  ...([
    [1, 1],
    [0.5, 1],
    [0, 1],
    [0, 0],
  ] as const),
]
const hole: Point[] = [
  [0.4, 0.4],
  [0.6, 0.4],
  [0.6, 0.6],
  [0.4, 0.6],
  [0.4, 0.4],
]
const line = (objectClass: string, coordinates: readonly Point[], rest: Partial<FeatureSpec> = {}): FeatureSpec => ({
  ...{ objectClass, ...rest },
  geometry: { type: 'LineString', coordinates: coordinates.map((position) => [...position]) },
})
const area = (objectClass: string, rings: readonly (readonly Point[])[], rest: Partial<FeatureSpec> = {}): FeatureSpec => ({
  ...{ objectClass, ...rest },
  geometry: { type: 'Polygon', coordinates: rings.map((ring) => ring.map((position) => [...position])) },
})

function geometriesOf(...features: FeatureSpec[]): PackedGeometry[] {
  const bytes = writeCell({ name: 'XX5FLAGS', dataLimit: [0, -1, 2, 2], features })
  return [...readCell({ name: 'XX5FLAGS.000', bytes }).features()].map(({ geometry }) => geometry!)
}

/** The flags of the segments of a geometry by their ends, in either direction. */
function segmentsOf({ positions, flags, paths }: PackedGeometry): Map<string, number> {
  const found = new Map<string, number>()
  for (const [path, end] of paths.entries()) {
    for (let i = (paths[path - 1] ?? 0) + 1; i < end; i++)
      found.set(keyOf(at(positions, i - 1), at(positions, i)), flags?.[i] ?? 0)
  }
  return found
}
const at = (positions: Float64Array, i: number): Point => [positions[i * 2]!, positions[i * 2 + 1]!]
const keyOf = (a: Point, b: Point) => [a.join(' '), b.join(' ')].sort().join(' to ')

test('each segment of an area has the accuracy of its edge, and is hidden along the limit of the data', () => {
  const inaccurate = outline.slice(1, 4)
  const [, land] = geometriesOf(
    line('COALNE', inaccurate, { edgeAttributes: { QUAPOS: 4 } }),
    area('LNDARE', [outline, hole]),
    line('COALNE', hole, { edgeAttributes: { QUAPOS: 10 } }),
  )
  const expected = new Map<string, number>()
  for (const ring of [outline, hole]) {
    for (let i = 1; i < ring.length; i++) {
      const [a, b] = [ring[i - 1]!, ring[i]!]
      const isInaccurate = ring === outline && inaccurate.includes(a) && inaccurate.includes(b)
      const isLimit = a[0] === 0 && b[0] === 0
      expected.set(keyOf(a, b), (isInaccurate ? SEGMENT.lowAccuracy : 0) | (isLimit ? SEGMENT.hidden : 0))
    }
  }
  assert.deepEqual(segmentsOf(land!), expected)
})

test('QUAPOS 2 to 9 is inaccurate; 1, 10, 11 and an empty value are not', () => {
  const accuracies = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, '']
  const lines = accuracies.map((QUAPOS, i) =>
    line(
      'DEPCNT',
      [
        [0.1, i / 20],
        [0.2, i / 20],
      ],
      { edgeAttributes: { QUAPOS } },
    ),
  )
  assert.deepEqual(
    geometriesOf(...lines).map(({ flags }) => flags?.[1] ?? 0),
    accuracies.map((QUAPOS) => (Number(QUAPOS) >= 2 && Number(QUAPOS) <= 9 ? SEGMENT.lowAccuracy : 0)),
  )
})

test('masked edges are hidden, whichever way the ring runs', () => {
  const [restricted] = geometriesOf(area('RESARE', [hole], { masked: true }), area('DEPARE', [outline, hole]))
  assert.deepEqual([...segmentsOf(restricted!).values()], Array(4).fill(SEGMENT.hidden))
})

test('a line changes its accuracy where its edges do', () => {
  const [, contour] = geometriesOf(
    line(
      'DEPCNT',
      [
        [0.5, 0.5],
        [0.6, 0.6],
        [0.7, 0.5],
      ],
      { edgeAttributes: { QUAPOS: 4 } },
    ),
    line('DEPCNT', [
      [0.4, 0.5],
      [0.5, 0.5],
      [0.6, 0.6],
      [0.7, 0.5],
      [0.9, 0.5],
    ]),
  )
  assert.deepEqual([...contour!.flags!].slice(1), [0, 1, 1, 0])
})
