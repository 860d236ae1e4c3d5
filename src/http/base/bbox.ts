import { Type } from '@fastify/type-provider-typebox'
import type { ListCellsQuery } from '#charts/cells/list-cells.ts'
import { invalidField } from '#lib/errors.ts'

/** The query parameter `bbox` of a list, for `parseBbox`. */
export const BboxParameter = Type.Optional(
  Type.String({
    maxLength: 200,
    description: 'west,south,east,north in degrees: only cells that touch this box; west exceeds east across the antimeridian',
  }),
)

/**
 * Parses `west,south,east,north` in degrees; spaces around the numbers are accepted.
 *
 * @returns null when the parameter is missing.
 * @throws AppError VALIDATION_FAILED (400) unless it is a box on the globe.
 */
export function parseBbox(given: string | undefined): ListCellsQuery['box'] {
  if (given === undefined) return null
  const numbers = given.split(',').map((part) => (/^ *[-+]?\d+(\.\d+)? *$/.test(part) ? Number(part) : Number.NaN))
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN] = numbers
  const isBox =
    numbers.length === 4 && Math.abs(west) <= 180 && Math.abs(east) <= 180 && south >= -90 && north <= 90 && south <= north
  if (isBox) return [west, south, east, north]
  throw invalidField(
    'query',
    'bbox',
    'must be west,south,east,north in degrees, such as -81.5,31,-80,32.5, with south not above north',
  )
}
