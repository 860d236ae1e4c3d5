import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import type { JobsService } from '#http/base/jobs-service.ts'
import { problems } from '#http/base/schemas.ts'
import { jobIdOf, jobNotFound, requireSteerable, seenJob } from './job-access.ts'
import { JOB_TAGS, JobDetailSchema, JobIdParameter } from './job-schema.ts'

/** Cancel Job: the job and everything below it. `cancelTree` lists what becomes of each. */
export function cancelJobRoute(app: App, { jobs }: { jobs: JobsService }): void {
  app.post(
    '/api/portal/v1/jobs/:id/cancel',
    {
      config: { auth: 'any' },
      schema: {
        tags: JOB_TAGS,
        operationId: 'cancelJob',
        summary: 'Cancel a job and its children',
        description:
          'A pending job is cancelled at once. A running job shows cancelRequestedAt and stays running until it has stopped. A finished job does not change. An administrator may cancel every job; other users may cancel the jobs of their account.',
        params: JobIdParameter,
        response: { 200: JobDetailSchema, ...problems(401, 403, 404) },
      },
    },
    async (request) => {
      const principal = principalOf(request)
      const id = jobIdOf(request.params)
      await requireSteerable(jobs, principal, id)
      // Retention may have deleted the job in the meantime.
      if (!(await jobs.cancel(id, `cancelled by ${principal.user.username}`))) throw jobNotFound(id)
      return await seenJob(jobs, principal, id)
    },
  )
}
