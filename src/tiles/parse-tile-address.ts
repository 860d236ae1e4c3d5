import type { TileAddress } from '#geo/tile-grid.ts'
import { type AppError, type FieldError, invalidFields } from '#lib/errors.ts'
import type { ZoomRange } from './products/product.ts'

type RangeCode = 'TILE_OUT_OF_RANGE' | 'TILE_NOT_FOUND'

/**
 * Parses the tile address in a path.
 *
 * @param code of the error: TILE_NOT_FOUND answers 404.
 * @throws AppError TILE_OUT_OF_RANGE (400) unless all are whole numbers within the pyramid and the zooms.
 */
export function parseTileAddress(
  segments: { z: string; x: string; y: string },
  zooms: ZoomRange,
  code: RangeCode = 'TILE_OUT_OF_RANGE',
): TileAddress {
  const z = wholeNumber(segments.z)
  const zoomRange = `a whole number from ${zooms.shallowest} to ${zooms.deepest}`
  if (z === null || z < zooms.shallowest || z > zooms.deepest)
    throw refuse([{ field: 'z', message: `must be ${zoomRange}` }], code)
  const last = 2 ** z - 1
  const x = wholeNumber(segments.x)
  const y = wholeNumber(segments.y)
  const message = `must be a whole number from 0 to ${last} at zoom ${z}`
  const wrongX: FieldError = { field: 'x', message }
  const wrongY: FieldError = { field: 'y', message }
  const isX = x !== null && x <= last
  const isY = y !== null && y <= last
  if (isX && isY) return { z, x, y }
  throw refuse(isX ? [wrongY] : isY ? [wrongX] : [wrongX, wrongY], code)
}

function wholeNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null
}

function refuse(fields: readonly [FieldError, ...FieldError[]], code: RangeCode): AppError {
  return invalidFields('path', fields, { code })
}
