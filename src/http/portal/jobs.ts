import { Type } from '@fastify/type-provider-typebox'
import type { Principal } from '#accounts/user-record.ts'
import type { Visibility } from '#jobs/job-record.ts'
import { AppError } from '#lib/errors.ts'
import type { App } from '../app.ts'
import { principalOf } from '../plugins/auth.ts'
import { problems } from '../schemas.ts'
import type { JobsService } from '../server-options.ts'
import { JobSchema } from './job-schema.ts'

const TAGS = ['Jobs']
const MAXIMUM_LIMIT = 200
const MAXIMUM_OFFSET = 100_000

/** List Jobs, Create Job and Get Job Status. */
export function jobRoutes(app: App, { jobs }: { jobs: JobsService }): void {
  app.get(
    '/api/portal/v1/jobs',
    {
      config: { auth: 'any' },
      schema: {
        tags: TAGS,
        summary: 'Jobs, newest first',
        description: 'An administrator sees every job, anyone else those of the account and of the whole server.',
        querystring: Type.Object({
          activeOnly: Type.Boolean({ default: false, description: 'Only pending and running jobs' }),
          limit: Type.Integer({
            minimum: 1,
            default: 25,
            description: `Jobs a page; more than ${MAXIMUM_LIMIT} counts as ${MAXIMUM_LIMIT}`,
          }),
          offset: Type.Integer({ minimum: 0, default: 0, description: `Jobs to skip, at most ${MAXIMUM_OFFSET}` }),
        }),
        response: {
          200: Type.Object({
            jobs: Type.Array(JobSchema),
            pagination: Type.Object({
              limit: Type.Integer({ description: 'The limit that was applied' }),
              offset: Type.Integer(),
              total: Type.Integer({ description: 'Jobs that match, over all pages' }),
            }),
          }),
          ...problems(400, 401),
        },
      },
    },
    async (request) => {
      const { activeOnly, offset } = request.query
      const limit = Math.min(request.query.limit, MAXIMUM_LIMIT)
      if (offset > MAXIMUM_OFFSET) throw tooDeep()
      const page = await jobs.list({ visibility: visibilityOf(principalOf(request)), activeOnly, limit, offset })
      return { jobs: page.jobs, pagination: { limit, offset, total: page.total } }
    },
  )

  app.post(
    '/api/portal/v1/jobs',
    {
      config: { auth: 'admin' },
      schema: {
        tags: TAGS,
        summary: 'Start a maintenance job',
        description: 'For administrators.',
        body: Type.Object({
          jobType: Type.String({ maxLength: 200, description: 'refresh-public-charts, clear-tiles or vacuum-analyze' }),
        }),
        response: {
          200: Type.Object({ jobId: Type.String(), jobState: Type.Literal('pending') }),
          ...problems(400, 401, 403, 409),
        },
      },
    },
    async (request) => {
      const { jobType } = request.body
      const allowed = jobs.creatableTypes()
      if (!allowed.includes(jobType)) throw notCreatable(allowed)
      return await jobs.create({ jobType, accountId: null })
    },
  )

  app.get(
    '/api/portal/v1/jobs/getJobStatus',
    {
      config: { auth: 'any' },
      schema: {
        tags: TAGS,
        summary: 'How many jobs are pending or running',
        response: {
          200: Type.Object({
            activeJobs: Type.Integer(),
            isEditable: Type.Boolean({ description: 'Whether the caller may start maintenance jobs' }),
          }),
          ...problems(401),
        },
      },
    },
    async (request) => {
      const principal = principalOf(request)
      return { activeJobs: await jobs.countActive(visibilityOf(principal)), isEditable: principal.user.isAdmin }
    },
  )
}

function visibilityOf({ user }: Principal): Visibility {
  return user.isAdmin ? { all: true } : { all: false, accountId: user.account.id }
}

function tooDeep(): AppError {
  const message = `must be at most ${MAXIMUM_OFFSET}`
  const detail = `The query is not valid: offset ${message}. Pages further down belong to the parameter cursor, which this version does not offer yet; activeOnly=true shortens the list.`
  return new AppError('OFFSET_TOO_LARGE', 400, detail, { fields: [{ field: 'offset', message }] })
}

function notCreatable(allowed: readonly string[]): AppError {
  const message = `must be one of ${allowed.join(', ')}`
  return new AppError('JOB_TYPE_NOT_ALLOWED', 400, `The request body is not valid: /jobType ${message}.`, {
    fields: [{ field: '/jobType', message }],
  })
}
