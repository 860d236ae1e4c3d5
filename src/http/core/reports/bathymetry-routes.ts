import { type TSchema, Type } from '@fastify/type-provider-typebox'
import type { Bathymetry } from '#reports/bathymetry/bathymetry.ts'
import { principalOf } from '../../auth/auth.ts'
import type { App } from '../../base/app.ts'
import { clientGone } from '../../base/client-gone.ts'
import { nullable, problems, Time, TokenQuery, timeWhen } from '../../base/schemas.ts'
import { IdParameter, REPORT_TAGS, REPORTS_URL, ReportsPage, reportsPageOf } from './report-schemas.ts'

const BATHYMETRY_URL = `${REPORTS_URL}/bathymetry`
/** Room for a sounding in a body, even in indented JSON. */
const BYTES_PER_SOUNDING = 256
const SMALLEST_BODY_LIMIT = 1_048_576

const label = (description: string) =>
  Type.Optional(Type.String({ description: `${description}; at most 256 characters, left out when it was not given` }))

const Platform = Type.Object(
  {
    uniqueId: label('What distinguishes it from others: only soundings with one continue a track'),
    name: label('Its name'),
    type: label('Its kind, such as sailing vessel'),
  },
  { description: 'The vessel that sounded' },
)
const ProviderContactPoint = Type.Object(
  {
    orgName: label('The organisation'),
    logger: label('The device or program that logged'),
    loggerVersion: label('Its version'),
  },
  { description: 'Who provides the soundings, and with what' },
)
const position = {
  latitude: Type.Number({ description: 'Degrees, WGS 84, -90 to 90' }),
  longitude: Type.Number({ description: 'Degrees, WGS 84, -180 to 180' }),
  depth: Type.Number({ description: 'Metres, positive below the water, -1,000 to 12,000' }),
}

const trackFields = {
  id: Type.String({ description: 'UUID, version 7' }),
  platform: nullable(Platform),
  metadata: Type.Object(
    {
      providerContactPoint: nullable(ProviderContactPoint),
      depthUnits: Type.String({ description: 'Always meters' }),
      timeUnits: Type.String({ description: 'A label of its sender; ISO 8601 without one' }),
      convention: nullable(Type.String({ description: 'A label of its sender, such as CSB 2.0; null without one' })),
      min_depth: Type.Number({ description: 'The least depth, in metres' }),
      max_depth: Type.Number({ description: 'The greatest depth, in metres' }),
      length_m: Type.Number({ description: 'From the first sounding to the last along the track, in metres' }),
    },
    { description: 'What its sender said about it, and what follows from its soundings' },
  ),
  externalUserId: nullable(Type.String({ description: 'As its sender gave it; null without one' })),
  namespace: Type.String({ description: 'Always public' }),
  pointCount: Type.Integer({ description: 'Number of its soundings' }),
  startTime: timeWhen('the first sounding'),
  endTime: timeWhen('the last sounding'),
  createdAt: Time,
  updatedAt: Time,
}
const TrackSchema = Type.Object(trackFields, {
  title: 'BathymetryTrack',
  description: 'Soundings of a vessel without a long gap',
})
const TrackDetailSchema = Type.Object(
  {
    ...trackFields,
    soundings: Type.Array(
      Type.Object({ ...position, time: Time }, { title: 'Sounding', description: 'A depth at a place and a time' }),
      { description: 'In the order of their times' },
    ),
  },
  { title: 'BathymetryTrackDetail', description: 'A track with its soundings' },
)

/** Only a description: the reader of uploads checks the body, in a thread. */
const UploadSchema = Type.Object({
  soundings: Type.Array(
    Type.Object({
      ...position,
      time: Type.Unsafe<string | number>({
        type: ['string', 'number'],
        description: 'ISO 8601, or milliseconds since 1970 as a number or in digits; neither before 1970 nor in the future',
      }),
    }),
    { minItems: 1, description: 'In any order; at most 50,000 unless the operator allows another number' },
  ),
  platform: Type.Optional(Platform),
  providerContactPoint: Type.Optional(ProviderContactPoint),
  depthUnits: Type.Optional(Type.Literal('meters', { description: 'only meters is accepted' })),
  timeUnits: Type.Optional(Type.String({ description: 'A label; ISO 8601 without it' })),
  convention: Type.Optional(Type.String({ description: 'A label, such as CSB 2.0' })),
  externalUserId: Type.Optional(Type.String({ description: 'A name of your own for the person behind the request' })),
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
                id: Type.String({ description: 'UUID of the track, version 7' }),
                pointCount: Type.Integer({ description: 'Soundings of the whole track' }),
                startTime: timeWhen('its first sounding'),
                endTime: timeWhen('its last sounding'),
                merged: Type.Boolean({ description: 'Whether it was there before' }),
              }),
              { description: 'In the order of their times; a continued track comes first' },
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
        description:
          'Without their soundings, which a single track has. Newest first by creation; tracks of every account are public.',
        querystring: ReportsPage,
        response: {
          200: Type.Object({
            tracks: Type.Array(TrackSchema, { description: 'Newest first' }),
            total: Type.Integer({ description: 'Tracks over all pages' }),
            limit: Type.Integer({ description: 'The limit that was applied' }),
            offset: Type.Integer({ description: 'Tracks before this page' }),
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
        description:
          'All of its soundings at once: at most about 8,000 unless the operator allows larger tracks, each some 80 bytes of JSON.',
        params: IdParameter,
        querystring: TokenQuery,
        response: { 200: TrackDetailSchema, ...problems(400, 401, 404) },
      },
    },
    async (request) => await bathymetry.get(request.params.id),
  )
}
