import { WORLD } from '#geo/world.ts'

/** Soundings of a piece, without the one before that it starts with. */
const PIECE_POINTS = 256

/** A piece of a track: which of the given soundings it holds, and the box around them. */
export interface Piece {
  ordinal: number
  start: number
  end: number
  /** Text of the type `box`, in world units; x continues beyond the antimeridian where the track crosses it. */
  place: string
}

/** Where the last piece of a track begins, by its number of soundings; each piece repeats the last sounding of the piece before. */
export function lastPieceOf(pointCount: number): { ordinal: number; first: number } {
  const ordinal = Math.floor((pointCount - 1) / PIECE_POINTS)
  return { ordinal, first: firstOf(ordinal) }
}

/**
 * Divides soundings of a track into pieces.
 *
 * @param at positions in world units: of all soundings of the track from the first of the piece `ordinal`.
 */
export function toPieces(at: { x: ArrayLike<number>; y: ArrayLike<number> }, ordinal: number): Piece[] {
  const base = firstOf(ordinal)
  const total = base + at.x.length
  const pieces: Piece[] = []
  for (let next = ordinal; next * PIECE_POINTS < total; next++) {
    const start = firstOf(next) - base
    const end = Math.min((next + 1) * PIECE_POINTS, total) - base
    pieces.push({ ordinal: next, start, end, place: boxAround(at, start, end) })
  }
  return pieces
}

function firstOf(ordinal: number): number {
  return Math.max(0, ordinal * PIECE_POINTS - 1)
}

function boxAround({ x, y }: { x: ArrayLike<number>; y: ArrayLike<number> }, start: number, end: number): string {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  let turn = 0
  let before = x[start] ?? 0
  for (let i = start; i < end; i++) {
    const [here, down] = [x[i] ?? 0, y[i] ?? 0]
    turn += turnBetween(before, here)
    before = here
    minX = Math.min(minX, here + turn)
    maxX = Math.max(maxX, here + turn)
    minY = Math.min(minY, down)
    maxY = Math.max(maxY, down)
  }
  return `(${maxX},${maxY}),(${minX},${minY})`
}

/** What to add to the x of a sounding so that the line from the previous one takes the shorter way around the world. */
function turnBetween(before: number, here: number): number {
  if (here - before > WORLD / 2) return -WORLD
  return before - here > WORLD / 2 ? WORLD : 0
}
