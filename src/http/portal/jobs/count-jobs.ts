import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { clientGone } from '#http/base/client-gone.ts'
import type { JobsService } from '#http/base/jobs-service.ts'
import { problems } from '#http/base/schemas.ts'
import { JobFilterQuery, jobFilterOf } from './job-filter-query.ts'
import { JOB_TAGS, JobCountsSchema } from './job-schema.ts'

/** Count Jobs: how many jobs there are of each state and type. */
export function countJobsRoute(app: App, { jobs }: { jobs: JobsService }): void {
  app.get(
    '/api/portal/v1/jobs/counts',
    {
      config: { auth: 'any', work: 'list' },
      schema: {
        tags: JOB_TAGS,
        operationId: 'countJobs',
        summary: 'Numbers of jobs by state and type',
        description:
          'Of the jobs that the caller sees and that match, with the filters of List Jobs. All of them, not of a page.',
        querystring: JobFilterQuery,
        response: { 200: JobCountsSchema, ...problems(400, 401, 503) },
      },
    },
    async (request, reply) => await jobs.counts(jobFilterOf(request.query, principalOf(request)), clientGone(reply)),
  )
}
