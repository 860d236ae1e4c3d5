import { ellipsoidDistance } from '#geo/ellipsoid-distance.ts'
import { latitudeOfY, longitudeOfX, WORLD, xOfLongitude, yOfLatitude } from '#geo/world.ts'
import type { DepthRequest, Stretch } from './depth-answer.ts'

/** Stretches that a line is cut into at least, so that a sample is short. */
const STRETCHES = 500
/** Metres; a stretch is no shorter unless the points of the line lie closer. */
const SHORTEST = 20
/** World units across the box of a piece, 15 km on the equator: it keeps the charts of a task few. */
const PIECE = 400_000
/** Metres between the places where the length of a leg is summed up. */
const MEASURED = 20_000

interface Point {
  x: number
  y: number
}

/** The legs of a line in world units, with x running on across the antimeridian, and their lengths in metres. */
export interface MeasuredLine {
  points: Point[]
  lengths: number[]
  /** Metres. */
  length: number
}

/**
 * Measures a line along its rhumb lines; each leg goes the shorter way around the earth.
 *
 * @param line [longitude, latitude] in degrees, at least one.
 */
export function measureLine(line: readonly (readonly [number, number])[]): MeasuredLine {
  const points: Point[] = []
  for (const [longitude, latitude] of line) {
    const x = xOfLongitude(longitude)
    const before = points.at(-1)
    const turns = before === undefined ? 0 : Math.round((before.x - x) / WORLD)
    points.push({ x: x + turns * WORLD, y: yOfLatitude(latitude) })
  }
  const lengths = points.slice(1).map((to, i) => rhumbLength(points[i]!, to))
  return { points, lengths, length: lengths.reduce((sum, length) => sum + length, 0) }
}

/** Cuts a line into short stretches. */
export function cutLine({ points, lengths, length }: MeasuredLine): Stretch[] {
  if (length === 0) return [{ from: points[0]!, to: points[0]!, start: 0, end: 0 }]
  const step = Math.max(SHORTEST, length / STRETCHES)
  const stretches: Stretch[] = []
  let start = 0
  for (const [i, leg] of lengths.entries()) {
    const count = leg === 0 ? 0 : Math.ceil(leg / step - 1e-9)
    for (let k = 0; k < count; k++) {
      const end = start + leg / count
      stretches.push({
        from: along(points[i]!, points[i + 1]!, k / count),
        to: along(points[i]!, points[i + 1]!, (k + 1) / count),
        start,
        end,
      })
      start = end
    }
  }
  return stretches
}

/** Groups consecutive stretches into pieces of which each lies in a small box. */
export function piecesOf(stretches: readonly Stretch[], withinMetres: number): DepthRequest[] {
  const pieces: DepthRequest[] = []
  let current: Stretch[] = []
  for (const stretch of stretches) {
    if (current.length > 0 && spanOf([...endsOf(current), stretch.to]) > PIECE) {
      pieces.push({ stretches: current, withinMetres })
      current = []
    }
    current.push(stretch)
  }
  pieces.push({ stretches: current, withinMetres })
  return pieces
}

const endsOf = (stretches: readonly Stretch[]) => stretches.flatMap(({ from, to }) => [from, to])

function spanOf(points: readonly Point[]): number {
  const xs = points.map(({ x }) => x)
  const ys = points.map(({ y }) => y)
  return Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys))
}

/** Sums the metres of short chords, since the distance on the ellipsoid is exact only over tens of kilometres. */
function rhumbLength(from: Point, to: Point): number {
  const count = Math.max(1, Math.ceil(degreesBetween(from, to) / MEASURED))
  let sum = 0
  for (let k = 0; k < count; k++) sum += degreesBetween(along(from, to, k / count), along(from, to, (k + 1) / count))
  return sum
}

function degreesBetween(a: Point, b: Point): number {
  return ellipsoidDistance([longitudeOfX(a.x), latitudeOfY(a.y)], [longitudeOfX(b.x), latitudeOfY(b.y)])
}

function along(from: Point, to: Point, t: number): Point {
  return t === 1 ? to : { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t }
}
