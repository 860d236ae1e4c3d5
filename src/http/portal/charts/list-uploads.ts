import { type Static, Type } from '@fastify/type-provider-typebox'
import type { ListedUpload } from '#charts/uploads/upload-store.ts'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import type { JobsService } from '#http/base/jobs-service.ts'
import { problems } from '#http/base/schemas.ts'
import type { JobLogLine } from '#jobs/model/job-record.ts'
import { logTimestamp } from '#jobs/model/log-timestamp.ts'
import type { UploadRouteOptions } from '../../uploads/accept-upload.ts'
import { CHART_TAGS, CHARTS_URL, UPLOAD_STATUSES, UploadSchema, UploadSummarySchema } from './chart-schemas.ts'
import { PageSchema, PaginationSchema, pageOf } from './page.ts'
import { UploadIdParameter, uploadIdOf, uploadNotFound } from './upload-id.ts'

const ViewParameter = Type.Optional(
  Type.Unsafe<'full' | 'summary'>({
    type: 'string',
    enum: ['full', 'summary'],
    description: 'summary: with job and counts of cells by state, without log',
  }),
)
const StatusParameter = Type.Optional(
  Type.Unsafe<(typeof UPLOAD_STATUSES)[number]>({
    type: 'string',
    enum: [...UPLOAD_STATUSES],
    description: 'Only uploads in this state',
  }),
)

/** Log lines of each upload in a list, and of a single one. */
const LISTED_LOGS = { limit: 100, listed: true }
const OWN_LOGS = { limit: 1_000, listed: false }

/** List Uploads: the uploads of the account with the last lines of their logs. */
export function listUploadsRoute(app: App, { uploads, jobs }: UploadRouteOptions): void {
  app.get(
    `${CHARTS_URL}/uploads`,
    {
      config: { auth: 'any', work: 'list' },
      schema: {
        tags: CHART_TAGS,
        operationId: 'listUploads',
        summary: 'Uploads of the account, newest first',
        description:
          'Log lines are cut at 1 KB, and an upload has at most 40 KB of them, the latest. One upload has its whole lines.',
        querystring: Type.Object({ ...PageSchema.properties, view: ViewParameter, status: StatusParameter }),
        response: {
          200: Type.Object({
            uploads: Type.Union(
              [Type.Array(UploadSchema), Type.Array(UploadSummarySchema, { description: 'With view=summary' })],
              { description: 'Newest first; summaries with view=summary' },
            ),
            pagination: Type.Object(
              {
                ...PaginationSchema.properties,
                total: Type.Optional(Type.Integer({ description: 'Uploads that match, over all pages; only with view=summary' })),
              },
              { description: 'Which page this is' },
            ),
          }),
          ...problems(400, 401),
        },
      },
      // The records have the members of their schemas.
      serializerCompiler: () => JSON.stringify,
    },
    async (request) => {
      const { limit, offset } = pageOf(request.query)
      const { view, status } = request.query
      const accountId = principalOf(request).user.account.id
      const found = await uploads.list(accountId, { limit, offset, status })
      if (view === 'summary') {
        const total = await uploads.count(accountId, status)
        return { uploads: found.map(toSummary), pagination: { limit, offset, total } }
      }
      return { uploads: await withLogs(jobs, found, LISTED_LOGS), pagination: { limit, offset } }
    },
  )
}

/** Get Upload: one upload with its log. */
export function getUploadRoute(app: App, { uploads, jobs }: UploadRouteOptions): void {
  app.get(
    `${CHARTS_URL}/uploads/:id`,
    {
      config: { auth: 'any' },
      schema: {
        tags: CHART_TAGS,
        operationId: 'getUpload',
        summary: 'One upload',
        description:
          'With the last 1,000 lines of its log, or as a summary. Ask again to follow a job, or listen to the job events. 404 UPLOAD_NOT_FOUND also for an upload of another account and for a deleted one.',
        params: UploadIdParameter,
        querystring: Type.Object({ view: ViewParameter }),
        response: {
          200: Type.Object({
            upload: Type.Union([UploadSchema, UploadSummarySchema], { description: 'A summary with view=summary' }),
          }),
          ...problems(400, 401, 404),
        },
      },
      // The record has the members of its schema.
      serializerCompiler: () => JSON.stringify,
    },
    async (request) => {
      const found = await uploads.find(principalOf(request).user.account.id, uploadIdOf(request.params))
      if (found !== null && request.query.view === 'summary') return { upload: toSummary(found) }
      const [upload] = found === null ? [] : await withLogs(jobs, [found], OWN_LOGS)
      if (upload === undefined) throw uploadNotFound(request.params.id)
      return { upload }
    },
  )
}

async function withLogs(jobs: JobsService, uploads: readonly ListedUpload[], which: { limit: number; listed: boolean }) {
  const roots = uploads.flatMap((upload) => (upload.jobId === null ? [] : [upload.jobId]))
  const logs = await jobs.treeLogs(roots, which)
  return uploads.map(({ jobId, error, cells: _, ...upload }) => {
    const lines = (jobId === null ? undefined : logs.get(jobId)) ?? []
    return { ...upload, logs: lines.length > 0 || error === null ? lines : [failureLine(upload.updatedAt, error)] }
  })
}

/** An upload with `view=summary`. */
function toSummary(upload: ListedUpload): Static<typeof UploadSummarySchema> {
  return upload
}

/** Replaces the log when retention has deleted the job: the upload keeps the reason for its failure. */
function failureLine(at: number, error: string): JobLogLine {
  return { timestamp: logTimestamp(new Date(at)), type: 'error', message: `Failed: ${error}` }
}
