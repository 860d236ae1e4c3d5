import type { TileAddress } from '#geo/tile-grid.ts'
import { type AppError, type FieldError, invalidFields } from '#lib/errors.ts'
import type { ZoomRange } from './products/product.ts'

/**
 * Parses the tile address in a path.
 *
 * @throws AppError TILE_OUT_OF_RANGE (400) unless all are whole numbers within the pyramid and the zooms.
 */
export function parseTileAddress(segments: { z: string; x: string; y: string }, zooms: ZoomRange): TileAddress {
  const z = wholeNumber(segments.z)
  const zoomRange = `a whole number from ${zooms.shallowest} to ${zooms.deepest}`
  if (z === null || z < zooms.shallowest || z > zooms.deepest) throw refuse([{ field: 'z', message: `must be ${zoomRange}` }])
  const last = 2 ** z - 1
  const x = wholeNumber(segments.x)
  const y = wholeNumber(segments.y)
  const message = `must be a whole number from 0 to ${last} at zoom ${z}`
  const wrongX: FieldError = { field: 'x', message }
  const wrongY: FieldError = { field: 'y', message }
  const isX = x !== null && x <= last
  const isY = y !== null && y <= last
  if (isX && isY) return { z, x, y }
  throw refuse(isX ? [wrongY] : isY ? [wrongX] : [wrongX, wrongY])
}

function wholeNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null
}

function refuse(fields: readonly [FieldError, ...FieldError[]]): AppError {
  return invalidFields('path', fields, { code: 'TILE_OUT_OF_RANGE' })
}
