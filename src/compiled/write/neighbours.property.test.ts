import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { WorldBox } from '#geo/world.ts'
import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { compiledSpec, partsOf } from '#test/compiled-cells.ts'
import { type CompiledCell, FULL_ZOOM } from '../format/compiled-cell.ts'
import { createPositionBuffer, readPart } from '../read/read-part.ts'

type Point = [number, number]

interface Mesh {
  size: number
  /** Vertices between two corners of the mesh. */
  between: number
  /** How far corners and vertices are moved, in degrees. */
  wobble: number
  seed: number
}

const meshes: fc.Arbitrary<Mesh> = fc.record({
  size: fc.integer({ min: 1, max: 5 }),
  between: fc.integer({ min: 0, max: 90 }),
  wobble: fc.constantFrom(0, 0.0001, 0.01, 0.2),
  seed: fc.nat(1_000_000),
})

/** Depth areas with crooked boundaries that fill a square without gap or overlap. */
function meshFeatures({ size, between, wobble, seed }: Mesh): FeatureSpec[] {
  let state = seed + 1
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state / 2 ** 32 - 0.5) * wobble
  }
  const snap = (value: number) => Math.round(value * 1e7) / 1e7
  const corner: Point[][] = Array.from({ length: size + 1 }, (_, row) =>
    Array.from({ length: size + 1 }, (_, column): Point => [snap(10 + column + random()), snap(50 + row + random())]),
  )
  const side = (a: Point, b: Point): Point[] =>
    Array.from({ length: between }, (_, i): Point => {
      const t = (i + 1) / (between + 1)
      return [snap(a[0] + (b[0] - a[0]) * t + random() / 2), snap(a[1] + (b[1] - a[1]) * t + random() / 2)]
    })
  const across = corner.map((row) => row.slice(1).map((to, i) => side(row[i]!, to)))
  const up = corner.slice(1).map((row, r) => row.map((to, c) => side(corner[r]![c]!, to)))
  const features: FeatureSpec[] = []
  for (let r = 0; r < size; r++) {
    for (let c = 0; c < size; c++) {
      const ring = [
        ...[corner[r]![c]!, ...across[r]![c]!, corner[r]![c + 1]!, ...up[r]![c + 1]!, corner[r + 1]![c + 1]!],
        ...[...across[r + 1]![c]!.toReversed(), corner[r + 1]![c]!, ...up[r]![c]!.toReversed(), corner[r]![c]!],
      ]
      features.push({
        objectClass: 'DEPARE',
        attributes: { DRVAL1: r * size + c },
        geometry: { type: 'Polygon', coordinates: [ring] },
      })
    }
  }
  const rim = [
    ...across[0]!.flatMap((points, c) => [corner[0]![c]!, ...points]),
    ...up.flatMap((row, r) => [corner[r]![size]!, ...row[size]!]),
    ...across[size]!.map((points, c) => [...points, corner[size]![c + 1]!])
      .reverse()
      .flatMap((points) => points.toReversed()),
    ...up
      .map((row, r) => [...row[0]!, corner[r + 1]![0]!])
      .reverse()
      .flatMap((points) => points.toReversed()),
    corner[0]![0]!,
  ]
  features.push({ objectClass: 'M_COVR', attributes: { CATCOV: 1 }, geometry: { type: 'Polygon', coordinates: [rim] } })
  return features
}

/** Sides of rings with their direction; opposite sides cancel out. */
function boundary(rings: number[][][]): Map<string, number> {
  const sides = new Map<string, number>()
  const add = (key: string, by: number) => {
    const sum = (sides.get(key) ?? 0) + by
    if (sum === 0) sides.delete(key)
    else sides.set(key, sum)
  }
  for (const ring of rings) {
    ring.forEach((from, i) => {
      const to = ring[(i + 1) % ring.length]!
      if (`${from}` < `${to}`) add(`${from} ${to}`, 1)
      else add(`${to} ${from}`, -1)
    })
  }
  return sides
}

function areas(cell: CompiledCell, zoom: number): number[][][] {
  return [...cell.primitive.keys()]
    .filter((i) => cell.primitive[i] === 3 && cell.objectClass[i] === 42)
    .flatMap((i) => partsOf(cell, cell.partStart[i]!, cell.partStart[i + 1]!, zoom))
}

test('neighbouring areas share every vertex at every zoom: together they enclose what the coverage encloses', () => {
  fc.assert(
    fc.property(meshes, (mesh) => {
      const cell = compiledSpec({ features: meshFeatures(mesh) })
      let least = 0
      for (let zoom = 0; zoom <= FULL_ZOOM; zoom++) {
        const rings = areas(cell, zoom)
        assert.deepEqual(boundary(rings), boundary(partsOf(cell, ...cell.coverageParts, zoom)), `zoom ${zoom}`)
        const vertices = rings.reduce((sum, ring) => sum + ring.length, 0)
        assert.ok(vertices >= least, 'a vertex that is there stays')
        least = vertices
      }
      assert.equal(areas(cell, FULL_ZOOM).length, mesh.size ** 2)
    }),
    { numRuns: 40, seed: 20_260_101 },
  )
})

test('no omitted vertex is further from the line than 2 of the tile’s 4,096 units', () => {
  fc.assert(
    fc.property(meshes, (mesh) => {
      const cell = compiledSpec({ features: meshFeatures({ ...mesh, size: 1 }) })
      const [full] = areas(cell, FULL_ZOOM)
      for (const zoom of [4, 8, 11, 13]) {
        const [ring] = areas(cell, zoom)
        for (const position of full!) {
          const off = Math.min(...ring!.map((from, i) => distance(position, from, ring![(i + 1) % ring!.length]!)))
          assert.ok(off <= 2 ** (19 - zoom) * 1.000001, `${off} at zoom ${zoom}`)
        }
      }
    }),
    { numRuns: 15, seed: 20_260_102 },
  )
})

test('readPart with a box changes nothing inside the box', () => {
  const boxes = fc.record({
    x: fc.double({ min: 0, max: 1, noNaN: true }),
    y: fc.double({ min: 0, max: 1, noNaN: true }),
    part: fc.double({ min: 0.02, max: 0.7, noNaN: true }),
  })
  const [whole, cut] = [createPositionBuffer(), createPositionBuffer()]
  let saved = 0
  fc.assert(
    fc.property(meshes, boxes, fc.integer({ min: 5, max: 17 }), (mesh, { x, y, part }, zoom) => {
      const cell = compiledSpec({ features: meshFeatures({ ...mesh, between: mesh.between + 70 }) })
      const { minX, minY, maxX, maxY } = cell.header
      const west = Math.round(minX + x * (maxX - minX))
      const north = Math.round(minY + y * (maxY - minY))
      const box = { minX: west, minY: north, maxX: west + part * (maxX - minX), maxY: north + part * (maxY - minY) }
      for (let i = 0; i < cell.partKind.length; i++) {
        if (cell.partKind[i] === 0) continue
        readPart(cell, i, zoom, whole)
        readPart(cell, i, zoom, cut, box)
        saved += whole.count - cut.count
        const [expected, found] = [whole, cut].map((buffer) => clippedArea(buffer.xy, buffer.count, box))
        const size = (maxX - minX) * (maxY - minY)
        assert.ok(Math.abs(expected! - found!) <= size * 1e-9, `${found} instead of ${expected}`)
      }
    }),
    { numRuns: 40, seed: 20_260_103 },
  )
  assert.ok(saved > 1_000, 'readPart with a box reads fewer vertices')
})

function distance([x, y]: number[], [ax, ay]: number[], [bx, by]: number[]): number {
  const [dx, dy] = [bx! - ax!, by! - ay!]
  const length = dx * dx + dy * dy
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x! - ax!) * dx + (y! - ay!) * dy) / length))
  return Math.hypot(x! - ax! - t * dx, y! - ay! - t * dy)
}

/** The signed area of a ring within a box (Sutherland and Hodgman). */
function clippedArea(xy: Int32Array, count: number, box: WorldBox): number {
  let ring = Array.from({ length: count }, (_, i): Point => [xy[i * 2]!, xy[i * 2 + 1]!])
  const sides: [axis: 0 | 1, at: number, sign: 1 | -1][] = [
    [0, box.minX, 1],
    [0, box.maxX, -1],
    [1, box.minY, 1],
    [1, box.maxY, -1],
  ]
  for (const [axis, at, sign] of sides) {
    const inside = (point: Point) => (point[axis] - at) * sign >= 0
    ring = ring.flatMap((point, i) => {
      const before = ring.at(i - 1)!
      const crossing = (): Point => {
        const t = (at - before[axis]) / (point[axis] - before[axis])
        return [before[0] + t * (point[0] - before[0]), before[1] + t * (point[1] - before[1])]
      }
      if (inside(point)) return inside(before) ? [point] : [crossing(), point]
      return inside(before) ? [crossing()] : []
    })
  }
  const [originX, originY] = ring[0] ?? [0, 0]
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!
    return sum + (x - originX) * (nextY - originY) - (nextX - originX) * (y - originY)
  }, 0)
}
