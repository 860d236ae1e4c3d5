import { Type } from '@fastify/type-provider-typebox'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import type { JobsService } from '#http/base/jobs-service.ts'
import { problems } from '#http/base/schemas.ts'
import type { LogRange } from '#jobs/read/read-job-log.ts'
import { invalidField } from '#lib/errors.ts'
import { jobIdOf, jobNotFound, visibilityOf } from './job-access.ts'
import { JOB_TAGS, JobIdParameter, LogSchema } from './job-schema.ts'

const MAXIMUM_LIMIT = 1_000
/** The largest number of a line that the database can hold. */
const MAXIMUM_AFTER = 2_147_483_647

/** The whole log of a job, page by page; repeated requests with the last `nextAfter` follow a running one. */
export function jobLogsRoute(app: App, { jobs }: { jobs: JobsService }): void {
  app.get(
    '/api/portal/v1/jobs/:id/logs',
    {
      config: { auth: 'any', work: 'list' },
      schema: {
        tags: JOB_TAGS,
        operationId: 'getJobLog',
        summary: 'The log of a job, oldest line first',
        params: JobIdParameter,
        description:
          'Without parameters, from the first line on. With tail or before, the last lines: pass the number of the first line of a page as before for the page that precedes it.',
        querystring: Type.Object({
          after: Type.Integer({
            minimum: 0,
            maximum: MAXIMUM_AFTER,
            default: 0,
            description: 'Only lines after this number: nextAfter of the page before',
          }),
          limit: Type.Integer({
            minimum: 1,
            default: 200,
            description: `Lines per page; more than ${MAXIMUM_LIMIT} counts as ${MAXIMUM_LIMIT}`,
          }),
          before: Type.Optional(
            Type.Integer({
              minimum: 1,
              maximum: MAXIMUM_AFTER,
              description: 'Only lines before this number, the last limit of them; not together with after or tail',
            }),
          ),
          tail: Type.Optional(
            Type.Integer({
              minimum: 1,
              description: `The number of lines to return from the end of the log; more than ${MAXIMUM_LIMIT} counts as ${MAXIMUM_LIMIT}; limit has no effect. Not together with after or before`,
            }),
          ),
        }),
        response: {
          200: Type.Object({
            logs: Type.Array(
              Type.Object(
                {
                  seq: Type.Integer({ description: 'Number of the line, from 1; a long log has a gap where lines were dropped' }),
                  attempt: Type.Integer({ description: 'The attempt of the job that wrote it' }),
                  ...LogSchema.properties,
                },
                { title: 'NumberedLogLine', description: 'A line of the log of a job, with its number' },
              ),
              { description: 'Oldest first' },
            ),
            nextAfter: Type.Integer({ description: 'Pass as after for the lines that follow, also when this page is empty' }),
          }),
          ...problems(400, 401, 404),
        },
      },
    },
    async (request) => {
      const id = jobIdOf(request.params)
      const log = await jobs.log(visibilityOf(principalOf(request)), id, rangeOf(request.query))
      if (log === null) throw jobNotFound(id)
      return log
    },
  )
}

/** @throws AppError VALIDATION_FAILED (400) for more than one of `after`, `before` and `tail`. */
function rangeOf({ after, before, tail, limit }: RangeQuery): LogRange {
  const given = { after: after > 0, before: before !== undefined, tail: tail !== undefined }
  const names = Object.entries(given)
    .filter(([, isGiven]) => isGiven)
    .map(([name]) => name)
  if (names.length > 1) throw invalidField('query', names[1] ?? '', `must be omitted when ${names[0]} is given`)
  if (tail !== undefined) return { before: null, limit: Math.min(tail, MAXIMUM_LIMIT) }
  const most = Math.min(limit, MAXIMUM_LIMIT)
  return before === undefined ? { after, limit: most } : { before, limit: most }
}

interface RangeQuery {
  after: number
  before?: number
  tail?: number
  limit: number
}
