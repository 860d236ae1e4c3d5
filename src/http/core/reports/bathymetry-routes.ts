import { type TSchema, Type } from '@fastify/type-provider-typebox'
import type { Bathymetry } from '#reports/bathymetry/bathymetry.ts'
import { principalOf } from '../../auth/auth.ts'
import type { App } from '../../base/app.ts'
import { clientGone } from '../../base/client-gone.ts'
import { nullable, problems, Time, TokenQuery } from '../../base/schemas.ts'
import { IdParameter, REPORT_TAGS, REPORTS_URL, ReportsPage, reportsPageOf } from './report-schemas.ts'

const BATHYMETRY_URL = `${REPORTS_URL}/bathymetry`
/** Room for a sounding in a body, also an indented one. */
const BYTES_PER_SOUNDING = 256
const SMALLEST_BODY_LIMIT = 1_048_576

const Platform = Type.Object({
  uniqueId: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  type: Type.Optional(Type.String()),
})
const ProviderContactPoint = Type.Object({
  orgName: Type.Optional(Type.String()),
  logger: Type.Optional(Type.String()),
  loggerVersion: Type.Optional(Type.String()),
})
const position = { latitude: Type.Number(), longitude: Type.Number(), depth: Type.Number({ description: 'Metres' }) }

const trackFields = {
  id: Type.String({ description: 'UUID, version 7' }),
  platform: nullable(Platform),
  metadata: Type.Object({
    providerContactPoint: nullable(ProviderContactPoint),
    depthUnits: Type.String(),
    timeUnits: Type.String(),
    convention: nullable(Type.String()),
    min_depth: Type.Number(),
    max_depth: Type.Number(),
    length_m: Type.Number(),
  }),
  externalUserId: nullable(Type.String()),
  namespace: Type.String(),
  pointCount: Type.Integer(),
  startTime: Time,
  endTime: Time,
  createdAt: Time,
  updatedAt: Time,
}
const TrackSchema = Type.Object(trackFields, { title: 'BathymetryTrack' })
const TrackDetailSchema = Type.Object(
  { ...trackFields, soundings: Type.Array(Type.Object({ ...position, time: Time }, { title: 'Sounding' })) },
  { title: 'BathymetryTrackDetail' },
)

/** Checked by the reader of uploads, in a thread: this describes it. */
const UploadSchema = Type.Object({
  soundings: Type.Array(
    Type.Object({
      ...position,
      time: Type.Unsafe<string | number>({
        type: ['string', 'number'],
        description: 'ISO 8601, or milliseconds since 1970 as a number or in digits; neither before 1970 nor in the future',
      }),
    }),
    { minItems: 1 },
  ),
  platform: Type.Optional(Platform),
  providerContactPoint: Type.Optional(ProviderContactPoint),
  depthUnits: Type.Optional(Type.Literal('meters')),
  timeUnits: Type.Optional(Type.String({ description: 'A label; ISO 8601 without it' })),
  convention: Type.Optional(Type.String({ description: 'A label, such as CSB 2.0' })),
  externalUserId: Type.Optional(Type.String()),
})

/** Crowdsourced soundings: send, list, get. */
export function bathymetryRoutes(app: App, { bathymetry }: { bathymetry: Bathymetry }): void {
  void app.register(async (scope: App) => createRoute(scope, bathymetry))
  listRoute(app, bathymetry)
  getRoute(app, bathymetry)
}

function createRoute(scope: App, bathymetry: Bathymetry): void {
  // The body is passed on as it is: parsing it here would block the event loop.
  scope.removeContentTypeParser('application/json')
  scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  const described: TSchema = UploadSchema
  scope.post(
    BATHYMETRY_URL,
    {
      config: { auth: 'core', work: 'upload' },
      bodyLimit: Math.max(SMALLEST_BODY_LIMIT, bathymetry.maximumSoundings * BYTES_PER_SOUNDING),
      schema: {
        tags: REPORT_TAGS,
        operationId: 'createBathymetry',
        summary: 'Send soundings',
        description:
          'They are sorted by time and divided into tracks at gaps of time and where a track becomes large. The first ones continue a track of the same user and platform that is still open.',
        body: described,
        response: {
          201: Type.Object({
            tracks: Type.Array(
              Type.Object({
                id: Type.String(),
                pointCount: Type.Integer({ description: 'Soundings of the whole track' }),
                startTime: Time,
                endTime: Time,
                merged: Type.Boolean({ description: 'Whether it was there before' }),
              }),
            ),
            totalPoints: Type.Integer({ description: 'Soundings of this request' }),
          }),
          ...problems(400, 401, 413, 429, 503),
        },
      },
      validatorCompiler: () => () => true,
    },
    async (request, reply) => {
      const { userId, account } = principalOf(request).user
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      reply.code(201)
      return await bathymetry.create({ userId, accountId: account.id }, body, clientGone(reply))
    },
  )
}

function listRoute(app: App, bathymetry: Bathymetry): void {
  app.get(
    BATHYMETRY_URL,
    {
      config: { auth: 'core', work: 'list' },
      schema: {
        tags: REPORT_TAGS,
        operationId: 'listBathymetry',
        summary: 'Tracks of soundings of all users, newest first',
        querystring: ReportsPage,
        response: {
          200: Type.Object({
            tracks: Type.Array(TrackSchema),
            total: Type.Integer(),
            limit: Type.Integer({ description: 'The limit that was applied' }),
            offset: Type.Integer(),
          }),
          ...problems(400, 401, 503),
        },
      },
    },
    async (request, reply) => {
      const page = reportsPageOf(request.query)
      return { ...(await bathymetry.list(page, clientGone(reply))), ...page }
    },
  )
}

function getRoute(app: App, bathymetry: Bathymetry): void {
  app.get(
    `${BATHYMETRY_URL}/:id`,
    {
      config: { auth: 'core' },
      schema: {
        tags: REPORT_TAGS,
        operationId: 'getBathymetry',
        summary: 'A track with its soundings',
        params: IdParameter,
        querystring: TokenQuery,
        response: { 200: TrackDetailSchema, ...problems(400, 401, 404) },
      },
    },
    async (request) => await bathymetry.get(request.params.id),
  )
}
