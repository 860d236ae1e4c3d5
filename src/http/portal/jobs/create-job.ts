import { Type } from '@fastify/type-provider-typebox'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import type { JobsService } from '#http/base/jobs-service.ts'
import { problems } from '#http/base/schemas.ts'
import { startedByUser } from '#jobs/model/starter.ts'
import { type AppError, invalidField } from '#lib/errors.ts'
import { JOB_TAGS } from './job-schema.ts'

/** Create Job: starts a maintenance job. */
export function createJobRoute(app: App, { jobs }: { jobs: JobsService }): void {
  app.post(
    '/api/portal/v1/jobs',
    {
      config: { auth: 'admin' },
      schema: {
        tags: JOB_TAGS,
        operationId: 'createJob',
        summary: 'Start a maintenance job',
        description:
          'For administrators. The job is queued; Get Job or the event stream shows its progress. 409 JOB_TYPE_ACTIVE, with the id of the job, while one of this type is pending or running.',
        body: Type.Object({
          jobType: Type.String({
            maxLength: 200,
            description:
              'refresh-public-charts (download and index what has changed), clear-tiles (empty the tile cache), vacuum-analyze (tidy up the database) or backup (write a backup to the data directory)',
          }),
        }),
        response: {
          200: Type.Object({
            jobId: Type.String({ description: 'The id of the new job, a UUID' }),
            jobState: Type.Literal('pending', { description: 'It has yet to begin' }),
          }),
          ...problems(400, 401, 403, 409),
        },
      },
    },
    async (request) => {
      const { jobType } = request.body
      const allowed = jobs.creatableTypes()
      if (!allowed.includes(jobType)) throw notCreatable(allowed)
      return await jobs.create({ jobType, accountId: null, startedBy: startedByUser(principalOf(request).user) })
    },
  )
}

function notCreatable(allowed: readonly string[]): AppError {
  return invalidField('body', '/jobType', `must be one of ${allowed.join(', ')}`, { code: 'JOB_TYPE_NOT_ALLOWED' })
}
