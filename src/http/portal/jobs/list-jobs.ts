import { Type } from '@fastify/type-provider-typebox'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { clientGone } from '#http/base/client-gone.ts'
import type { JobsService } from '#http/base/jobs-service.ts'
import { nullable, problems } from '#http/base/schemas.ts'
import type { JobRecord } from '#jobs/model/job-record.ts'
import type { JobSummary } from '#jobs/model/job-summary.ts'
import { readCursor, writeCursor } from '#jobs/read/cursor.ts'
import type { JobPosition, JobsPage, ListJobsQuery } from '#jobs/read/list-jobs.ts'
import { type AppError, invalidField } from '#lib/errors.ts'
import { JobFilterQuery, jobFilterOf } from './job-filter-query.ts'
import { JOB_TAGS, JobSchema, JobSummarySchema, ViewParameter } from './job-schema.ts'

const MAXIMUM_LIMIT = 200
const MAXIMUM_OFFSET = 100_000

const { activeOnly, ...filters } = JobFilterQuery.properties

const ListJobsParameters = Type.Object({
  activeOnly,
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
  ...filters,
  view: ViewParameter,
})

const Pagination = Type.Object(
  {
    limit: Type.Integer({ description: 'The limit that was applied' }),
    offset: Type.Integer({ description: 'Jobs before this page; 0 with cursor' }),
    total: Type.Integer({ description: 'Jobs that match, over all pages' }),
    nextCursor: Type.Optional(
      nullable(Type.String({ description: 'Only when cursor was given: that of the next page, or null after the last one' })),
    ),
  },
  { description: 'Which page this is' },
)

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
          'An administrator sees every job, anyone else those of the account and of the whole server. Jobs of the same millisecond are ordered by id, largest first. While jobs arrive, a job may appear on two pages with `offset`, but never with `cursor`; neither skips one. Log lines are cut at 1 KB, and the log of a record takes at most 40 KB, older lines being left out first, so that a page has at most 8 MB of lines. The whole lines are in the log of the job.',
        querystring: ListJobsParameters,
        response: {
          200: Type.Object({
            jobs: Type.Union([Type.Array(JobSchema), Type.Array(JobSummarySchema, { description: 'With view=summary' })], {
              description: 'Newest first; summaries with view=summary',
            }),
            pagination: Pagination,
          }),
          ...problems(400, 401, 503),
        },
      },
      // The records have the members of their schemas; a serializer for both views would check each page against both.
      serializerCompiler: () => JSON.stringify,
    },
    async (request, reply) => {
      const { offset, cursor, view } = request.query
      const limit = Math.min(request.query.limit, MAXIMUM_LIMIT)
      if (offset > MAXIMUM_OFFSET) throw tooDeep()
      if (cursor !== undefined && offset > 0) throw offsetAndCursor()
      const filter = jobFilterOf(request.query, principalOf(request))
      const signal = clientGone(reply)
      const list = (query: ListJobsQuery): Promise<JobsPage<JobRecord | JobSummary>> =>
        view === 'summary' ? jobs.listSummaries(query, signal) : jobs.list(query, signal)
      if (cursor === undefined) {
        const page = await list({ ...filter, limit, offset })
        return { jobs: page.jobs as Listed, pagination: { limit, offset, total: page.total } }
      }
      // Reads one row more than the page, which shows whether there is another one.
      const page = await list({ ...filter, limit: limit + 1, offset: 0, after: readCursor(cursor) })
      const shown = page.jobs.slice(0, limit)
      const pagination = { limit, offset: 0, total: page.total, nextCursor: nextCursor(page.jobs, shown) }
      return { jobs: shown as Listed, pagination }
    },
  )
}

/** A page has records of one view only. */
type Listed = JobRecord[] | JobSummary[]

function nextCursor(found: readonly JobPosition[], shown: readonly JobPosition[]): string | null {
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
