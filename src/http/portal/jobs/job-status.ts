import { Type } from '@fastify/type-provider-typebox'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import type { JobsService } from '#http/base/jobs-service.ts'
import { problems } from '#http/base/schemas.ts'
import { visibilityOf } from './job-access.ts'
import { JOB_TAGS } from './job-schema.ts'

/** Get Job Status: a number for a badge, and whether to show the buttons. */
export function jobStatusRoute(app: App, { jobs }: { jobs: JobsService }): void {
  app.get(
    '/api/portal/v1/jobs/getJobStatus',
    {
      config: { auth: 'any' },
      schema: {
        tags: JOB_TAGS,
        operationId: 'getJobStatus',
        summary: 'How many jobs are pending or running',
        description:
          'Of the jobs that the caller sees: an administrator sees all, anyone else those of the account and of the whole server. Cheap enough to poll every few seconds.',
        response: {
          200: Type.Object({
            activeJobs: Type.Integer({ description: 'Jobs that are pending or running, children too' }),
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
