import { Type } from '@fastify/type-provider-typebox'
import { invalidField } from '#lib/errors.ts'
import { nullable, Time, TokenQuery, timeWhen } from '../../base/schemas.ts'

export const REPORT_TAGS = ['User reports']
export const REPORTS_URL = '/api/v1/user-reports'

const MAXIMUM_LIMIT = 200
const MAXIMUM_OFFSET = 100_000

/** Limit and offset of a list of reports or tracks. */
export const ReportsPage = Type.Object({
  limit: Type.Integer({
    minimum: 1,
    default: 50,
    description: `Entries per page; more than ${MAXIMUM_LIMIT} counts as ${MAXIMUM_LIMIT}`,
  }),
  offset: Type.Integer({ minimum: 0, default: 0, description: `Entries to skip, at most ${MAXIMUM_OFFSET}` }),
  ...TokenQuery.properties,
})

/** The page that a query asks for, its limit capped. @throws AppError OFFSET_TOO_LARGE (400). */
export function reportsPageOf({ limit, offset }: { limit: number; offset: number }): { limit: number; offset: number } {
  if (offset > MAXIMUM_OFFSET) {
    throw invalidField('query', 'offset', `must be at most ${MAXIMUM_OFFSET}`, { code: 'OFFSET_TOO_LARGE' })
  }
  return { limit: Math.min(limit, MAXIMUM_LIMIT), offset }
}

export const IdParameter = Type.Object({
  id: Type.String({ format: 'uuid', description: 'The id of the report or track, a UUID' }),
})

export const ReportSchema = Type.Object(
  {
    id: Type.String({ description: 'UUID, version 4' }),
    reportType: Type.String({ description: 'hazard, accident, weather or wildlife' }),
    latitude: Type.Number({ description: 'Degrees, WGS 84' }),
    longitude: Type.Number({ description: 'Degrees, WGS 84' }),
    properties: Type.Unsafe<Record<string, unknown>>({
      type: 'object',
      additionalProperties: true,
      description: 'As its creator sent them; {} without any',
    }),
    upvoteCount: Type.Integer({ description: 'Votes `valid`' }),
    downvoteCount: Type.Integer({ description: 'Votes `invalid`' }),
    isOwner: Type.Boolean({ description: 'Whether the calling user has made it' }),
    externalUserId: nullable(Type.String({ description: 'As its creator sent it; null without one' })),
    namespace: Type.String({ description: 'Always public' }),
    createdAt: Time,
    updatedAt: timeWhen('the last vote or change of state, or the creation'),
    expiredAt: nullable(timeWhen('when its time was over; null while it is active')),
    deletedAt: nullable(timeWhen('when it was deleted; null unless it was')),
  },
  { title: 'UserReport', description: 'What a user reported at a position' },
)
