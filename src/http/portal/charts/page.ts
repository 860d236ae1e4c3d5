import { Type } from '@fastify/type-provider-typebox'
import { invalidField } from '#lib/errors.ts'

const MAXIMUM_LIMIT = 1_000
const MAXIMUM_OFFSET = 100_000

export const PageSchema = Type.Object({
  limit: Type.Integer({ minimum: 1, default: 100, description: 'Entries per page; values above 1000 count as 1000' }),
  offset: Type.Integer({ minimum: 0, default: 0, description: 'Entries to skip, at most 100000' }),
})

export const PaginationSchema = Type.Object(
  {
    limit: Type.Integer({ description: 'The limit that was applied' }),
    offset: Type.Integer({ description: 'Entries before this page' }),
  },
  { description: 'Which page this is' },
)
export const TotalPaginationSchema = Type.Object(
  { ...PaginationSchema.properties, total: Type.Integer({ description: 'Entries that match, over all pages' }) },
  { description: 'Which page this is, and of how many entries' },
)

/** The page that a query asks for, its limit capped. @throws AppError OFFSET_TOO_LARGE (400). */
export function pageOf({ limit, offset }: { limit: number; offset: number }): { limit: number; offset: number } {
  if (offset > MAXIMUM_OFFSET) {
    throw invalidField('query', 'offset', `must be at most ${MAXIMUM_OFFSET}`, { code: 'OFFSET_TOO_LARGE' })
  }
  return { limit: Math.min(limit, MAXIMUM_LIMIT), offset }
}
