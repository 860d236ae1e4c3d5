import { Type } from '@fastify/type-provider-typebox'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { clientGone } from '#http/base/client-gone.ts'
import type { JobsService } from '#http/base/jobs-service.ts'
import { nullable, problems, text } from '#http/base/schemas.ts'
import { JOB_STATES, type JobRecord, type JobState } from '#jobs/model/job-record.ts'
import { readCursor, writeCursor } from '#jobs/read/cursor.ts'
import { type AppError, invalidField } from '#lib/errors.ts'
import { visibilityOf } from './job-access.ts'
import { JOB_TAGS, JobSchema } from './job-schema.ts'

const MAXIMUM_LIMIT = 200
const MAXIMUM_OFFSET = 100_000

const ListJobsQuery = Type.Object({
  activeOnly: Type.Boolean({ default: false, description: 'Only pending and running jobs' }),
  limit: Type.Integer({
    minimum: 1,
    default: 25,
    description: `Jobs per page; more than ${MAXIMUM_LIMIT} counts as ${MAXIMUM_LIMIT}`,
  }),
  offset: Type.Integer({
    minimum: 0,
    default: 0,
    description: `Jobs to skip, at most ${MAXIMUM_OFFSET}; not together with cursor`,
  }),
  cursor: Type.Optional(
    Type.String({
      maxLength: 200,
      description: 'Empty for the first page, then pagination.nextCursor of the page before: at any depth as quick as the first',
    }),
  ),
  jobType: Type.Optional(text({ maxLength: 200, description: 'Only jobs of this type' })),
  jobState: Type.Optional(
    Type.Unsafe<JobState>({ type: 'string', enum: [...JOB_STATES], description: 'Only jobs in this state' }),
  ),
  parentJobId: Type.Optional(Type.String({ format: 'uuid', description: 'Only the children of this job' })),
})

const Pagination = Type.Object({
  limit: Type.Integer({ description: 'The limit that was applied' }),
  offset: Type.Integer(),
  total: Type.Integer({ description: 'Jobs that match, over all pages' }),
  nextCursor: Type.Optional(
    nullable(Type.String({ description: 'Only when cursor was given: that of the next page, or null after the last one' })),
  ),
})

/** List Jobs: one page by offset as documented, or by cursor. */
export function listJobsRoute(app: App, { jobs }: { jobs: JobsService }): void {
  app.get(
    '/api/portal/v1/jobs',
    {
      config: { auth: 'any', work: 'list' },
      schema: {
        tags: JOB_TAGS,
        operationId: 'listJobs',
        summary: 'Jobs, newest first',
        description:
          'An administrator sees every job, anyone else those of the account and of the whole server. Log lines are cut at 1 KB, and the log of a record takes at most 40 KB, older lines being left out first: a page has at most 8 MB of lines. The whole lines are in the log of the job.',
        querystring: ListJobsQuery,
        response: { 200: Type.Object({ jobs: Type.Array(JobSchema), pagination: Pagination }), ...problems(400, 401, 503) },
      },
    },
    async (request, reply) => {
      const { offset, cursor, activeOnly, jobType, jobState, parentJobId } = request.query
      const limit = Math.min(request.query.limit, MAXIMUM_LIMIT)
      if (offset > MAXIMUM_OFFSET) throw tooDeep()
      if (cursor !== undefined && offset > 0) throw offsetAndCursor()
      const wanted = { visibility: visibilityOf(principalOf(request)), activeOnly, jobType, jobState, parentJobId }
      const signal = clientGone(reply)
      if (cursor === undefined) {
        const page = await jobs.list({ ...wanted, limit, offset }, signal)
        return { jobs: page.jobs, pagination: { limit, offset, total: page.total } }
      }
      // One row more than the page shows whether there is another page.
      const page = await jobs.list({ ...wanted, limit: limit + 1, offset: 0, after: readCursor(cursor) }, signal)
      const shown = page.jobs.slice(0, limit)
      return { jobs: shown, pagination: { limit, offset: 0, total: page.total, nextCursor: nextCursor(page.jobs, shown) } }
    },
  )
}

function nextCursor(found: readonly JobRecord[], shown: readonly JobRecord[]): string | null {
  const last = shown.at(-1)
  return last !== undefined && found.length > shown.length ? writeCursor(last) : null
}

function tooDeep(): AppError {
  return invalidField('query', 'offset', `must be at most ${MAXIMUM_OFFSET}`, {
    code: 'OFFSET_TOO_LARGE',
    hint: 'For later pages omit offset and use the parameter cursor: empty for the first page, then pagination.nextCursor of the page before.',
  })
}

function offsetAndCursor(): AppError {
  return invalidField('query', 'offset', 'must be omitted, or 0, when cursor is given')
}
