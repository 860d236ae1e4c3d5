import { Type } from '@fastify/type-provider-typebox'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import type { JobsService } from '#http/base/jobs-service.ts'
import { nullable, problems, text } from '#http/base/schemas.ts'
import { jobIdOf, requireSteerable, seenJob } from './job-access.ts'
import { JOB_TAGS, JobDetailSchema, JobIdParameter } from './job-schema.ts'

/** Retry Job: a new attempt of the same job. `retryJob` lists what becomes of each. */
export function retryJobRoute(app: App, { jobs }: { jobs: JobsService }): void {
  app.post(
    '/api/portal/v1/jobs/:id/retry',
    {
      config: { auth: 'any' },
      schema: {
        tags: JOB_TAGS,
        operationId: 'retryJob',
        summary: 'Run a failed or cancelled job again',
        description:
          'The same job with a new attempt; steps that had finished are kept. A job with children retries those that did not complete. An administrator may retry every job, others those of their account.',
        params: JobIdParameter,
        // Unknown members are refused: with fromStep misspelt, steps that were to be repeated would be kept.
        body: nullable(
          Type.Object(
            {
              fromStep: Type.Optional(
                nullable(
                  text({ maxLength: 200, description: 'Repeats this step and those after it, even if they had finished' }),
                ),
              ),
            },
            { additionalProperties: false },
          ),
        ),
        response: { 200: JobDetailSchema, ...problems(400, 401, 403, 404, 409) },
      },
    },
    async (request) => {
      const principal = principalOf(request)
      const id = jobIdOf(request.params)
      await requireSteerable(jobs, principal, id)
      await jobs.retry(id, request.body?.fromStep ?? null)
      return await seenJob(jobs, principal, id)
    },
  )
}
