import { Type } from '@fastify/type-provider-typebox'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import type { JobsService } from '#http/base/jobs-service.ts'
import { problems } from '#http/base/schemas.ts'
import { jobIdOf, jobNotFound, seenJob, visibilityOf } from './job-access.ts'
import { JOB_TAGS, JobDetailSchema, JobIdParameter, JobSummarySchema, ViewParameter } from './job-schema.ts'

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
        querystring: Type.Object({ view: ViewParameter }),
        response: { 200: Type.Union([JobDetailSchema, JobSummarySchema]), ...problems(400, 401, 404) },
      },
      // As for List Jobs.
      serializerCompiler: () => JSON.stringify,
    },
    async (request) => {
      const id = jobIdOf(request.params)
      if (request.query.view !== 'summary') return await seenJob(jobs, principalOf(request), id)
      const summary = await jobs.getSummary(visibilityOf(principalOf(request)), id)
      if (summary === null) throw jobNotFound(id)
      return summary
    },
  )
}
