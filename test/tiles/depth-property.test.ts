import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { objectClassName } from '#compiled/format/catalogue-lookup.ts'
import { type CompiledCell, DANGER, FLAG, NO_DEPTH } from '#compiled/format/compiled-cell.ts'
import { attributesOf } from '#compiled/read/attribute-values.ts'
import { demoCells } from '#demo/demo-cells.ts'
import { ellipsoidDistance } from '#geo/ellipsoid-distance.ts'
import { latitudeOfY, longitudeOfX, xOfLongitude, yOfLatitude } from '#geo/world.ts'
import { partsOf } from '#test/compiled-cells.ts'
import { cutLine, measureLine, piecesOf } from '#tiles/products/depth/cut-line.ts'
import type { DepthSample, Stretch } from '#tiles/products/depth/depth-answer.ts'
import { measureDepths } from '#tiles/products/depth/measure-depths.ts'
import { mirrorCells, noCharts } from '../s57/chart-files.ts'
import { openCell } from '../s57/noaa-sentences.ts'

type Position = [longitude: number, latitude: number]

/** A cell as this test reads it: whole shapes in degrees, evaluated without the code under test. */
interface Chart {
  cell: CompiledCell
  coverage: Position[][]
  areas: { depth: number; rings: Position[][] }[]
  /** Soundings, vertices of contours, and dangers with a depth. */
  points: { depth: number; at: Position }[]
}

const degrees = ([x = 0, y = 0]: readonly number[]): Position => [longitudeOfX(x), latitudeOfY(y)]

function chartOf(cell: CompiledCell): Chart {
  const rings = (from: number, to: number) => partsOf(cell, from, to, 16).map((part) => part.map(degrees))
  const chart: Chart = { cell, coverage: rings(...cell.coverageParts), areas: [], points: [] }
  for (let feature = 0; feature < cell.featureCount; feature++) {
    const name = objectClassName(cell.objectClass[feature]!)
    if ((cell.featureFlags[feature]! & FLAG.depthBoundary) !== 0) continue
    const parts = () => rings(cell.partStart[feature]!, cell.partStart[feature + 1]!)
    const own = cell.ownDepth[feature]! / 1_000
    const isKnown = cell.ownDepth[feature] !== NO_DEPTH
    const depth = attributesOf(cell, feature).get('DRVAL1')
    if ((name === 'DEPARE' || name === 'DRGARE') && typeof depth === 'number') chart.areas.push({ depth, rings: parts() })
    if (name === 'DEPCNT' && isKnown)
      chart.points.push(
        ...parts()
          .flat()
          .map((at) => ({ depth: own, at })),
      )
    for (let point = cell.pointStart[feature]!; point < cell.pointStart[feature + 1]!; point++) {
      const at = degrees(cell.pointXY.subarray(point * 2, point * 2 + 2) as unknown as number[])
      if (name === 'SOUNDG') chart.points.push({ depth: cell.pointDepth[point]! / 1_000, at })
      else if (cell.dangerClass[feature] === DANGER.sounded) chart.points.push({ depth: own, at })
    }
  }
  return chart
}

/** Even-odd, in degrees on the map. */
function holds(rings: readonly Position[][], [longitude, latitude]: Position): boolean {
  const [x, y] = [xOfLongitude(longitude), yOfLatitude(latitude)]
  let inside = false
  for (const ring of rings) {
    for (const [i, corner] of ring.entries()) {
      const [ax, ay] = [xOfLongitude(corner[0]), yOfLatitude(corner[1])]
      const next = ring[(i + 1) % ring.length]!
      const [bx, by] = [xOfLongitude(next[0]), yOfLatitude(next[1])]
      if (ay > y !== by > y && ax + ((y - ay) / (by - ay)) * (bx - ax) > x) inside = !inside
    }
  }
  return inside
}

/** The first chart that covers a position. */
const ownerOf = (charts: readonly Chart[], at: Position) => charts.find(({ coverage }) => holds(coverage, at))

const PLACES = 8
const placesOf = ({ from, to }: Stretch): Position[] =>
  Array.from({ length: PLACES + 1 }, (_, i) =>
    degrees([from.x + ((to.x - from.x) * i) / PLACES, from.y + ((to.y - from.y) * i) / PLACES]),
  )

function assertShoalBiased(charts: readonly Chart[], line: Position[], withinMetres: number): number {
  const pieces = piecesOf(cutLine(measureLine(line)), withinMetres)
  let checked = 0
  const assertNotDeeper = (sample: DepthSample, depth: number, what: string) => {
    checked++
    assert.ok(sample.shoalest !== null && sample.shoalest <= depth, `${what} of ${depth} m, answered ${sample.shoalest}`)
  }
  for (const piece of pieces) {
    const { samples } = measureDepths(
      piece,
      charts.map(({ cell }) => cell),
      () => {},
    )
    assert.equal(samples.length, piece.stretches.length)
    for (const [i, stretch] of piece.stretches.entries()) {
      const places = placesOf(stretch)
      const sample = samples[i]!
      for (const place of places) {
        const owner = ownerOf(charts, place)
        for (const { depth, rings } of owner?.areas ?? []) if (holds(rings, place)) assertNotDeeper(sample, depth, 'an area')
      }
      for (const chart of charts) {
        for (const { depth, at } of chart.points) {
          const isNear = places.some((place) => ellipsoidDistance(place, at) <= withinMetres)
          if (isNear && ownerOf(charts, at) === chart) assertNotDeeper(sample, depth, 'a sounding, contour or danger')
        }
      }
    }
  }
  return checked
}

const demo = demoCells()
  .map(({ name, files }) => chartOf(openCell({ name, base: files[0]!, updates: files.slice(1) })))
  .sort((a, b) => a.cell.header.compilationScale - b.cell.header.compilationScale)

test('on the invented coast no answer is deeper than an area, sounding, contour or danger on the way', () => {
  const longitude = fc.double({ min: -34.99, max: -34.85, noNaN: true })
  const latitude = fc.double({ min: 42.87, max: 42.97, noNaN: true })
  let checked = 0
  fc.assert(
    fc.property(
      fc.tuple(longitude, latitude),
      fc.tuple(longitude, latitude),
      fc.integer({ min: 0, max: 300 }),
      (a, b, within) => {
        // Short lines: the check here compares everything with everything.
        const end: Position = [a[0] + (b[0] - a[0]) * 0.05, a[1] + (b[1] - a[1]) * 0.05]
        checked += assertShoalBiased(demo, [a, end], within)
      },
    ),
    { numRuns: 12, seed: 18 },
  )
  assert.ok(checked > 500, `${checked}`)
})

test('in the Savannah river no answer is deeper than an area, sounding, contour or danger on the way', {
  skip: noCharts,
}, async () => {
  const files = (await mirrorCells('day1')).filter(({ name }) => /^US[345]/.test(name))
  const all = files.map(openCell).filter(({ header }) => header.minX < xOfLongitude(-80.8) && header.maxX > xOfLongitude(-80.9))
  const near = all.filter(({ header }) => header.minY < yOfLatitude(32.02) && header.maxY > yOfLatitude(32.04))
  assert.ok(near.length > 0)
  const charts = near.map(chartOf).sort((a, b) => a.cell.header.compilationScale - b.cell.header.compilationScale)
  const checked = assertShoalBiased(
    charts,
    [
      [-80.851, 32.031],
      [-80.846, 32.029],
    ],
    40,
  )
  assert.ok(checked > 20, `${checked}`)
})
