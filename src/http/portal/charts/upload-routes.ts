import { Type } from '@fastify/type-provider-typebox'
import type { ListedUpload } from '#charts/uploads/upload-store.ts'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import type { JobsService } from '#http/base/jobs-service.ts'
import { problems } from '#http/base/schemas.ts'
import type { JobLogLine } from '#jobs/model/job-record.ts'
import { logTimestamp } from '#jobs/model/log-timestamp.ts'
import { AppError, invalidField } from '#lib/errors.ts'
import { acceptMultipart, acceptUpload, acceptUploads, type UploadRouteOptions } from '../../uploads/accept-upload.ts'
import { CellReportSchema, PageSchema, PaginationSchema, TotalPaginationSchema, UploadSchema } from './chart-schemas.ts'

const TAGS = ['Charts']
const MAXIMUM_LIMIT = 1_000
const MAXIMUM_OFFSET = 100_000
/** Log lines of an upload in a list, and by itself. */
const LIST_LOGS = 100
const OWN_LOGS = 1_000

/** Uploads: send, list, get, delete, and the report of their cells. */
export function uploadRoutes(app: App, options: UploadRouteOptions): void {
  const { uploads, jobs } = options
  const url = '/api/portal/v1/charts'
  const config = { auth: 'any' as const }

  void app.register(async (scope: App) => {
    acceptMultipart(scope)
    scope.post(
      `${url}/upload`,
      {
        ...acceptUploads,
        schema: {
          tags: TAGS,
          summary: 'Upload charts',
          description:
            'multipart/form-data with one field `file`: an S-57 or S-63 exchange set (.zip), a cell or update (.000, .001, ...), or S-63 permits (.prm, PERMIT.TXT). A job reads it.',
          consumes: ['multipart/form-data'],
          response: {
            200: Type.Object({
              upload: Type.Object({
                id: Type.Integer(),
                filename: Type.String({ description: 'As it was stored: without folders and odd characters' }),
                fileSize: Type.Integer(),
                status: Type.Literal('pending'),
              }),
            }),
            ...problems(400, 401, 507),
          },
        },
      },
      async (request, reply) => {
        const { id, filename, fileSize } = await acceptUpload(request, reply, options)
        return { upload: { id, filename, fileSize, status: 'pending' as const } }
      },
    )
  })

  app.get(
    `${url}/uploads`,
    {
      config,
      schema: {
        tags: TAGS,
        summary: 'Uploads of the account, newest first',
        querystring: PageSchema,
        response: {
          200: Type.Object({ uploads: Type.Array(UploadSchema), pagination: PaginationSchema }),
          ...problems(400, 401),
        },
      },
    },
    async (request) => {
      const { limit, offset } = pageOf(request.query)
      const found = await uploads.list(principalOf(request).user.account.id, { limit, offset })
      return { uploads: await withLogs(jobs, found, LIST_LOGS), pagination: { limit, offset } }
    },
  )

  app.get(
    `${url}/uploads/:id`,
    {
      config,
      schema: {
        tags: TAGS,
        summary: 'One upload',
        params: Type.Object({ id: Type.String() }),
        response: { 200: Type.Object({ upload: UploadSchema }), ...problems(401, 404) },
      },
    },
    async (request) => {
      const id = uploadId(request.params.id)
      const found = await uploads.find(principalOf(request).user.account.id, id)
      if (found === null) throw notFound(request.params.id)
      const [upload] = await withLogs(jobs, [found], OWN_LOGS)
      return { upload: upload! }
    },
  )

  app.delete(
    `${url}/uploads/:id`,
    {
      config,
      schema: {
        tags: TAGS,
        summary: 'Delete an upload and its charts',
        description: 'Hidden immediately; a job stops processing it and removes its charts.',
        params: Type.Object({ id: Type.String() }),
        response: { 200: Type.Object({ message: Type.String() }), ...problems(401, 404) },
      },
    },
    async (request) => {
      const id = uploadId(request.params.id)
      const accountId = principalOf(request).user.account.id
      const found = await uploads.find(accountId, id)
      const job = { jobType: 'delete-upload', accountId, parameters: { uploadId: id, filename: found?.filename ?? '' } }
      const already = new AlreadyError()
      try {
        await jobs.create(job, async (trx, jobId) => {
          const marked = await uploads.markDeleted(trx, accountId, id, jobId)
          if (marked === 'gone') throw notFound(request.params.id)
          if (marked === 'already') throw already
        })
      } catch (error) {
        if (error !== already) throw error
        return { message: 'Upload deletion already scheduled' }
      }
      return { message: 'Upload deletion scheduled' }
    },
  )

  app.get(
    `${url}/uploads/:id/cells`,
    {
      config,
      schema: {
        tags: TAGS,
        summary: 'What became of each cell of an upload',
        params: Type.Object({ id: Type.String() }),
        querystring: PageSchema,
        response: {
          200: Type.Object({ cells: Type.Array(CellReportSchema), pagination: TotalPaginationSchema }),
          ...problems(400, 401, 404),
        },
      },
    },
    async (request) => {
      const { limit, offset } = pageOf(request.query)
      const accountId = principalOf(request).user.account.id
      const found = await uploads.reports(accountId, uploadId(request.params.id), { limit, offset })
      if (found === null) throw notFound(request.params.id)
      return { cells: found.cells, pagination: { limit, offset, total: found.total } }
    },
  )
}

class AlreadyError extends Error {}

async function withLogs(jobs: JobsService, uploads: readonly ListedUpload[], limit: number) {
  const roots = uploads.flatMap((upload) => (upload.jobId === null ? [] : [upload.jobId]))
  const logs = await jobs.treeLogs(roots, limit)
  return uploads.map(({ jobId, error, ...upload }) => {
    const lines = (jobId === null ? undefined : logs.get(jobId)) ?? []
    return { ...upload, logs: lines.length > 0 || error === null ? lines : [lastWord(upload.updatedAt, error)] }
  })
}

/** After retention has taken the job's log away, why it failed is still known. */
function lastWord(at: number, error: string): JobLogLine {
  return { timestamp: logTimestamp(new Date(at)), type: 'error', message: `Failed: ${error}` }
}

export function pageOf({ limit, offset }: { limit: number; offset: number }): { limit: number; offset: number } {
  if (offset > MAXIMUM_OFFSET) {
    throw invalidField('query', 'offset', `must be at most ${MAXIMUM_OFFSET}`, { code: 'OFFSET_TOO_LARGE' })
  }
  return { limit: Math.min(limit, MAXIMUM_LIMIT), offset }
}

function uploadId(given: string): number {
  if (!/^\d{1,15}$/.test(given)) throw notFound(given)
  return Number(given)
}

function notFound(id: string): AppError {
  return new AppError('UPLOAD_NOT_FOUND', `There is no upload ${id.slice(0, 40)} on your account.`)
}
