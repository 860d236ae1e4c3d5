import multipart from '@fastify/multipart'
import { Type } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ListedUpload } from '#charts/uploads/upload-store.ts'
import type { Uploads } from '#charts/uploads/uploads.ts'
import type { JobLogLine } from '#jobs/model/job-record.ts'
import { logTimestamp } from '#jobs/model/log-timestamp.ts'
import { AppError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import type { App } from '../../app.ts'
import { principalOf } from '../../plugins/auth.ts'
import { problems } from '../../schemas.ts'
import type { JobsService } from '../../server-options.ts'
import { CellReportSchema, PageSchema, PaginationSchema, TotalPaginationSchema, UploadSchema } from './chart-schemas.ts'
import { receiveFile } from './receive-file.ts'

const TAGS = ['Charts']
const MAXIMUM_LIMIT = 1_000
const MAXIMUM_OFFSET = 100_000
/** Log lines of an upload in a list, and by itself. */
const LIST_LOGS = 100
const OWN_LOGS = 1_000
const SILENCE = 120_000

export interface UploadRouteOptions {
  uploads: Uploads
  jobs: JobsService
}

export const acceptUploads = { config: { auth: 'any' as const, bodySilence: SILENCE }, bodyLimit: 2 ** 40 }

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
        const { id, filename, fileSize } = await takeUpload(request, reply, options)
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
      if (upload === undefined) throw notFound(request.params.id)
      return { upload }
    },
  )

  app.delete(
    `${url}/uploads/:id`,
    {
      config,
      schema: {
        tags: TAGS,
        summary: 'Delete an upload and its charts',
        description: 'It leaves the lists at once; a job ends the work on it and removes its charts.',
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

/** Lets the routes of a scope take multipart bodies; anything else comes to them as no body, for them to refuse. */
export function acceptMultipart(scope: App): void {
  void scope.register(multipart)
  scope.addContentTypeParser('*', (_request, _payload, done) => done(null, undefined))
}

/** Receives a file and records it with the job that will read it, in one transaction. */
export async function takeUpload(request: FastifyRequest, reply: FastifyReply, { uploads, jobs }: UploadRouteOptions) {
  const { user } = principalOf(request)
  const { filename, kind, blobKey, bytes } = await receiveFile(request, reply, uploads)
  const accountId = user.account.id
  const publicId = newId()
  try {
    const id = await uploads.nextId()
    const job = { jobType: 'user-upload', accountId, parameters: { uploadId: id, filename } }
    await jobs.create(job, (trx, jobId) =>
      uploads.record(trx, {
        id,
        publicId,
        accountId,
        userId: user.userId,
        uploader: user.username,
        filename,
        fileSize: bytes,
        kind,
        blobKey,
        jobId,
      }),
    )
    return { id, publicId, filename, fileSize: bytes }
  } catch (error) {
    await uploads.discard(blobKey)
    throw error
  }
}

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
    const message = `must be at most ${MAXIMUM_OFFSET}`
    throw new AppError('OFFSET_TOO_LARGE', 400, `The query is not valid: offset ${message}.`, {
      fields: [{ field: 'offset', message }],
    })
  }
  return { limit: Math.min(limit, MAXIMUM_LIMIT), offset }
}

function uploadId(given: string): number {
  if (!/^\d{1,15}$/.test(given)) throw notFound(given)
  return Number(given)
}

function notFound(id: string): AppError {
  return new AppError('UPLOAD_NOT_FOUND', 404, `There is no upload ${id.slice(0, 40)} on your account.`)
}
