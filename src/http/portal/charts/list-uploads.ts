import { Type } from '@fastify/type-provider-typebox'
import type { ListedUpload } from '#charts/uploads/upload-store.ts'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import type { JobsService } from '#http/base/jobs-service.ts'
import { problems } from '#http/base/schemas.ts'
import type { JobLogLine } from '#jobs/model/job-record.ts'
import { logTimestamp } from '#jobs/model/log-timestamp.ts'
import type { UploadRouteOptions } from '../../uploads/accept-upload.ts'
import { CHART_TAGS, CHARTS_URL, UploadSchema } from './chart-schemas.ts'
import { PageSchema, PaginationSchema, pageOf } from './page.ts'
import { UploadIdParameter, uploadIdOf, uploadNotFound } from './upload-id.ts'

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
        params: UploadIdParameter,
        response: { 200: Type.Object({ upload: UploadSchema }), ...problems(401, 404) },
      },
    },
    async (request) => {
      const found = await uploads.find(principalOf(request).user.account.id, uploadIdOf(request.params))
      const [upload] = found === null ? [] : await withLogs(jobs, [found], OWN_LOGS)
      if (upload === undefined) throw uploadNotFound(request.params.id)
      return { upload }
    },
  )
}

async function withLogs(jobs: JobsService, uploads: readonly ListedUpload[], which: { limit: number; listed: boolean }) {
  const roots = uploads.flatMap((upload) => (upload.jobId === null ? [] : [upload.jobId]))
  const logs = await jobs.treeLogs(roots, which)
  return uploads.map(({ jobId, error, ...upload }) => {
    const lines = (jobId === null ? undefined : logs.get(jobId)) ?? []
    return { ...upload, logs: lines.length > 0 || error === null ? lines : [failureLine(upload.updatedAt, error)] }
  })
}

/** Stands in for the log when retention has deleted the job: the upload keeps the reason of its failure. */
function failureLine(at: number, error: string): JobLogLine {
  return { timestamp: logTimestamp(new Date(at)), type: 'error', message: `Failed: ${error}` }
}
