import { Type } from '@fastify/type-provider-typebox'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { problems } from '#http/base/schemas.ts'
import { startedByUser } from '#jobs/model/starter.ts'
import type { UploadRouteOptions } from '../../uploads/accept-upload.ts'
import { CHART_TAGS, CHARTS_URL } from './chart-schemas.ts'
import { UploadIdParameter, uploadIdOf, uploadNotFound } from './upload-id.ts'

/** Delete Upload: hides it and queues the job that removes its charts. */
export function deleteUploadRoute(app: App, { uploads, jobs }: UploadRouteOptions): void {
  app.delete(
    `${CHARTS_URL}/uploads/:id`,
    {
      config: { auth: 'any' },
      schema: {
        tags: CHART_TAGS,
        operationId: 'deleteUpload',
        summary: 'Delete an upload and its charts',
        description:
          'Hidden immediately; a job stops processing it and removes its charts. If that job is cancelled or fails, delete the upload again.',
        params: UploadIdParameter,
        response: {
          200: Type.Object({ message: Type.String({ description: 'Whether this request has scheduled it, or an earlier one' }) }),
          ...problems(401, 404),
        },
      },
    },
    async (request) => {
      const id = uploadIdOf(request.params)
      const { user } = principalOf(request)
      const accountId = user.account.id
      const found = await uploads.find(accountId, id)
      const parameters = { uploadId: id, filename: found?.filename ?? '' }
      const job = { jobType: 'delete-upload', accountId, parameters, startedBy: startedByUser(user) }
      const scheduled = new AlreadyScheduled()
      try {
        await jobs.create(job, async (trx, jobId) => {
          const marked = await uploads.markDeleted(trx, accountId, id, jobId)
          if (marked === 'gone') throw uploadNotFound(request.params.id)
          if (marked === 'already') throw scheduled
        })
      } catch (error) {
        if (error !== scheduled) throw error
        return { message: 'Upload deletion already scheduled' }
      }
      return { message: 'Upload deletion scheduled' }
    },
  )
}

/** Rolls back the second deletion job of one upload. */
class AlreadyScheduled extends Error {}
