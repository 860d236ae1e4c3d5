import { type Static, Type } from '@fastify/type-provider-typebox'
import { invalidField, invalidFields } from '#lib/errors.ts'
import type { Tiles } from '#tiles/create-tiles.ts'
import { type MeasuredLine, measureLine } from '#tiles/products/depth/cut-line.ts'
import { principalOf } from '../auth/auth.ts'
import type { App } from '../base/app.ts'
import { clientGone } from '../base/client-gone.ts'
import { problems, TokenQuery } from '../base/schemas.ts'
import { DepthProfileSchema } from './depth-schema.ts'

const METRES_PER_MILE = 1_852
const LONGEST_MILES = 200
const MOST_POINTS = 500
const LARGEST_DISTANCE = 2_000
const DEFAULT_DISTANCE = 50

const Longitude = Type.Number({ minimum: -180, maximum: 180, description: 'Degrees, WGS 84' })
const Latitude = Type.Number({ minimum: -85, maximum: 85, description: 'Degrees, WGS 84' })

const DepthBody = Type.Object({
  line: Type.Optional(
    Type.Array(Type.Array(Type.Number(), { minItems: 2, maxItems: 2 }), {
      minItems: 2,
      maxItems: MOST_POINTS,
      description: `[longitude, latitude] of each point; legs are rhumb lines, the shorter way around, ${LONGEST_MILES} NM in all`,
    }),
  ),
  position: Type.Optional(
    Type.Object({ longitude: Longitude, latitude: Latitude }, { description: 'Instead of a line: one place' }),
  ),
  withinMetres: Type.Number({
    minimum: 0,
    maximum: LARGEST_DISTANCE,
    default: DEFAULT_DISTANCE,
    description: 'Depths and dangers within this distance of the line count',
  }),
})

/** The charted depths along a line, or at a position. */
export function depthRoute(app: App, { tiles }: { tiles: Tiles }): void {
  app.post(
    '/api/v1/depth_query',
    {
      config: { auth: 'core', work: 'query' },
      schema: {
        tags: ['Query'],
        operationId: 'queryDepths',
        summary: 'Least charted depth along a line or at a position',
        description:
          'Either `line` or `position`. The shallowest that the charts allow, in metres below their datum, without tide; never deeper than a sounding, contour or depth area within the distance. The finest charts first.',
        querystring: TokenQuery,
        body: DepthBody,
        response: { 200: DepthProfileSchema, ...problems(400, 401, 429, 503) },
      },
    },
    async (request, reply) => {
      const line = lineOf(request.body)
      const accountId = principalOf(request).user.account.id
      const { withinMetres } = request.body
      return await tiles.depths({ line, withinMetres }, accountId, clientGone(reply))
    },
  )
}

/** The line of a request, measured. @throws AppError VALIDATION_FAILED (400) unless it is one line on the charted earth, not too long. */
function lineOf({ line, position }: Static<typeof DepthBody>): MeasuredLine {
  if (line === undefined && position !== undefined) return measureLine([[position.longitude, position.latitude]])
  if (line === undefined || position !== undefined) {
    throw invalidFields('body', [{ field: '/line', message: 'must be given, or position instead, and not both' }])
  }
  const points = line.map(([longitude = Number.NaN, latitude = Number.NaN], i): [number, number] => {
    if (!(Math.abs(longitude) <= 180)) throw invalidField('body', `/line/${i}/0`, 'must be a longitude from -180 to 180')
    if (!(Math.abs(latitude) <= 85)) throw invalidField('body', `/line/${i}/1`, 'must be a latitude from -85 to 85')
    return [longitude, latitude]
  })
  const measured = measureLine(points)
  const miles = measured.length / METRES_PER_MILE
  if (miles > LONGEST_MILES) {
    throw invalidField('body', '/line', `must be at most ${LONGEST_MILES} NM long, and this one has ${miles.toFixed(1)} NM`)
  }
  return measured
}
