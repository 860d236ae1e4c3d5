import type { TileAddress } from '#geo/tile-grid.ts'
import { AppError, type FieldError } from '#lib/errors.ts'
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
  const fields: FieldError[] = []
  if (x === null || x > last) fields.push({ field: 'x', message })
  if (y === null || y > last) fields.push({ field: 'y', message })
  if (x === null || y === null || fields.length > 0) throw refuse(fields)
  return { z, x, y }
}

function wholeNumber(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null
}

function refuse(fields: FieldError[]): AppError {
  const detail = fields.map(({ field, message }) => `${field} ${message}`).join(', ')
  return new AppError('TILE_OUT_OF_RANGE', `There is no such tile: ${detail}.`, { fields })
}
