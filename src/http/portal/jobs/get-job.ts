import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import type { JobsService } from '#http/base/jobs-service.ts'
import { problems } from '#http/base/schemas.ts'
import { jobIdOf, seenJob } from './job-access.ts'
import { JOB_TAGS, JobDetailSchema, JobIdParameter } from './job-schema.ts'

/** Get Job: one job with what the list leaves out. */
export function getJobRoute(app: App, { jobs }: { jobs: JobsService }): void {
  app.get(
    '/api/portal/v1/jobs/:id',
    {
      config: { auth: 'any' },
      schema: {
        tags: JOB_TAGS,
        operationId: 'getJob',
        summary: 'One job',
        description: 'As in the list, with its children, its error, its times and what it waits for.',
        params: JobIdParameter,
        response: { 200: JobDetailSchema, ...problems(401, 404) },
      },
    },
    async (request) => await seenJob(jobs, principalOf(request), jobIdOf(request.params)),
  )
}
