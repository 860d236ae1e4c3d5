import { randomUUID } from 'node:crypto'
import { Type } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { REPORT_TYPES, type ReportType } from '#reports/points/report-record.ts'
import type { UserReports } from '#reports/points/user-reports.ts'
import { principalOf } from '../../auth/auth.ts'
import type { App } from '../../base/app.ts'
import { clientGone } from '../../base/client-gone.ts'
import { problems, TokenQuery, text } from '../../base/schemas.ts'
import { TEXT_PATTERNS } from '../../base/text-patterns.ts'
import { checkProperties } from './report-properties.ts'
import { IdParameter, REPORT_TAGS, REPORTS_URL, ReportSchema, ReportsPage, reportsPageOf } from './report-schemas.ts'

/** Larger than any report, so that the error for a large one can name the limit of its properties. */
const BODY_LIMIT = 4 * 1_048_576
const ExternalUserId = Type.Optional(
  text({ maxLength: 256, description: 'A name of your own for the person behind the request' }),
)

const NewReportSchema = Type.Object({
  reportType: Type.Unsafe<ReportType>({ type: 'string', enum: [...REPORT_TYPES], description: 'What it is about' }),
  position: Type.Object(
    {
      latitude: Type.Number({ minimum: -90, maximum: 90, description: 'Degrees, WGS 84' }),
      longitude: Type.Number({ minimum: -180, maximum: 180, description: 'Degrees, WGS 84' }),
    },
    { description: 'Where it was seen' },
  ),
  properties: Type.Optional(
    Type.Unsafe<Record<string, unknown>>({
      type: 'object',
      additionalProperties: true,
      description: 'Anything, up to 16,384 bytes; clients show `description`',
    }),
  ),
  id: Type.Optional(Type.String({ pattern: TEXT_PATTERNS.uuid4, description: 'UUID, version 4; one is made without it' })),
  externalUserId: ExternalUserId,
})

/** Reports of users: create, list, vote, delete. */
export function reportRoutes(app: App, { reports }: { reports: UserReports }): void {
  createRoute(app, reports)
  listRoute(app, reports)
  voteRoute(app, reports)
  deleteRoute(app, reports)
}

function createRoute(app: App, reports: UserReports): void {
  app.post(
    REPORTS_URL,
    {
      config: { auth: 'core' },
      bodyLimit: BODY_LIMIT,
      schema: {
        tags: REPORT_TAGS,
        operationId: 'createUserReport',
        summary: 'Report something at a position',
        description:
          'Every account sees it, on the map and in lists, until it expires: by default after an hour. With an id of your own a repeated request is safe: 409 REPORT_EXISTS says that it arrived before. Answers 201.',
        querystring: TokenQuery,
        body: NewReportSchema,
        response: { 201: ReportSchema, ...problems(400, 401, 409) },
      },
    },
    async (request, reply) => {
      const { reportType, position, properties = {}, id = randomUUID(), externalUserId = null } = request.body
      checkProperties(properties)
      const { latitude, longitude } = position
      const report = { id: id.toLowerCase(), reportType, position: { latitude, longitude }, properties, externalUserId }
      reply.code(201)
      return await reports.create(callerOf(request), report)
    },
  )
}

function listRoute(app: App, reports: UserReports): void {
  app.get(
    REPORTS_URL,
    {
      config: { auth: 'core', work: 'list' },
      schema: {
        tags: REPORT_TAGS,
        operationId: 'listUserReports',
        summary: 'Reports of all users, newest first',
        description:
          'Of every account. Active reports; deleted and expired ones on request, until they are removed for good: by default after 30 days. The tiles of reports are cheaper for a map.',
        querystring: Type.Object({
          includeDeleted: Type.Boolean({ default: false, description: 'Whether to include deleted ones' }),
          includeExpired: Type.Boolean({ default: false, description: 'Whether to include expired ones' }),
          ...ReportsPage.properties,
        }),
        response: {
          200: Type.Object({
            reports: Type.Array(ReportSchema, { description: 'Newest first' }),
            total: Type.Integer({ description: 'Reports that match, over all pages' }),
            limit: Type.Integer({ description: 'The limit that was applied' }),
            offset: Type.Integer({ description: 'Reports before this page' }),
          }),
          ...problems(400, 401, 503),
        },
      },
    },
    async (request, reply) => {
      const { includeDeleted, includeExpired } = request.query
      const page = reportsPageOf(request.query)
      const found = await reports.list(callerOf(request), { ...page, includeDeleted, includeExpired }, clientGone(reply))
      return { ...found, ...page }
    },
  )
}

function voteRoute(app: App, reports: UserReports): void {
  app.post(
    `${REPORTS_URL}/:id/votes`,
    {
      config: { auth: 'core' },
      schema: {
        tags: REPORT_TAGS,
        operationId: 'voteOnUserReport',
        summary: 'Vote on a report',
        description:
          'A user has one vote per report; a second one replaces it, and a vote on an own report counts too. 410 REPORT_GONE when the report was deleted or has expired.',
        params: IdParameter,
        querystring: TokenQuery,
        body: Type.Object({
          vote: Type.Unsafe<'valid' | 'invalid'>({
            type: 'string',
            enum: ['valid', 'invalid'],
            description: 'valid: it is there; invalid: it is not',
          }),
          externalUserId: ExternalUserId,
        }),
        response: { 200: ReportSchema, ...problems(400, 401, 404, 410) },
      },
    },
    async (request) => {
      const { vote, externalUserId = null } = request.body
      return await reports.vote(callerOf(request), request.params.id, { isValid: vote === 'valid', externalUserId })
    },
  )
}

function deleteRoute(app: App, reports: UserReports): void {
  app.delete(
    `${REPORTS_URL}/:id`,
    {
      config: { auth: 'core' },
      schema: {
        tags: REPORT_TAGS,
        operationId: 'deleteUserReport',
        summary: 'Delete a report',
        description:
          'Its creator and administrators may, anyone else gets 403 REPORT_NOT_OWN. It leaves maps at once; lists show it on request. 410 REPORT_GONE for a second deletion.',
        params: IdParameter,
        querystring: TokenQuery,
        response: { 200: ReportSchema, ...problems(400, 401, 403, 404, 410) },
      },
    },
    async (request) => await reports.delete(callerOf(request), request.params.id),
  )
}

function callerOf(request: FastifyRequest): { userId: number; accountId: number; isAdmin: boolean } {
  const { userId, account, isAdmin } = principalOf(request).user
  return { userId, accountId: account.id, isAdmin }
}
