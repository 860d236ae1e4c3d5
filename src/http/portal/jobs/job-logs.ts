import { Type } from '@fastify/type-provider-typebox'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import type { JobsService } from '#http/base/jobs-service.ts'
import { problems } from '#http/base/schemas.ts'
import { jobIdOf, jobNotFound, visibilityOf } from './job-access.ts'
import { JOB_TAGS, JobIdParameter, LogSchema } from './job-schema.ts'

const MAXIMUM_LIMIT = 1_000
/** The largest number of a line that the database can hold. */
const MAXIMUM_AFTER = 2_147_483_647

/** The whole log of a job, page by page; asked again with the last `nextAfter` it follows a running one. */
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
                { title: 'NumberedLogLine' },
              ),
            ),
            nextAfter: Type.Integer({ description: 'Pass as after for the lines that follow, also when this page is empty' }),
          }),
          ...problems(400, 401, 404),
        },
      },
    },
    async (request) => {
      const id = jobIdOf(request.params)
      const page = { after: request.query.after, limit: Math.min(request.query.limit, MAXIMUM_LIMIT) }
      const log = await jobs.log(visibilityOf(principalOf(request)), id, page)
      if (log === null) throw jobNotFound(id)
      return log
    },
  )
}
