import { Type } from '@fastify/type-provider-typebox'
import type { Visibility } from '#jobs/model/job-record.ts'
import { principalOf } from '../auth/auth.ts'
import type { App } from '../base/app.ts'
import { problems, Time } from '../base/schemas.ts'
import { acceptMultipart, acceptUpload, type UploadRouteOptions, uploadRouteOptions } from '../uploads/accept-upload.ts'

const TAGS = ['Cloud-style charts']
const JOBS = 100
/** This API calls a running job `processing`, and counts a cancelled one as failed. */
const STATES = {
  pending: 'pending',
  running: 'processing',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'failed',
} as const

/** Uploads, refreshes and jobs in the shapes of the cloud edition's chart API. */
export function cloudChartRoutes(app: App, options: UploadRouteOptions): void {
  uploadRoute(app, options)
  refreshRoute(app, options)
  jobsRoute(app, options)
}

function uploadRoute(app: App, options: UploadRouteOptions): void {
  void app.register(async (scope: App) => {
    acceptMultipart(scope)
    const base = uploadRouteOptions(options)
    scope.post(
      '/api/v1/charts/upload',
      {
        ...base,
        config: { ...base.config, auth: 'core' },
        schema: {
          tags: TAGS,
          operationId: 'uploadChartsCloud',
          summary: 'Upload charts',
          consumes: ['multipart/form-data'],
          response: {
            200: Type.Object({
              upload: Type.Object({
                id: Type.String({ description: 'A UUID' }),
                filename: Type.String(),
                fileSize: Type.Integer(),
                status: Type.Literal('pending'),
              }),
            }),
            ...problems(400, 401, 507),
          },
        },
      },
      async (request, reply) => {
        const { publicId, filename, fileSize } = await acceptUpload(request, reply, options)
        return { upload: { id: publicId, filename, fileSize, status: 'pending' as const } }
      },
    )
  })
}

function refreshRoute(app: App, { jobs }: Pick<UploadRouteOptions, 'jobs'>): void {
  app.post(
    '/api/v1/charts/refresh',
    {
      config: { auth: 'admin' },
      schema: {
        tags: TAGS,
        operationId: 'refreshChartsCloud',
        summary: 'Refresh the public charts',
        description: 'For administrators.',
        response: {
          200: Type.Object({ jobId: Type.String(), jobState: Type.Literal('pending') }),
          ...problems(401, 403, 409),
        },
      },
    },
    async () => await jobs.create({ jobType: 'refresh-public-charts', accountId: null }),
  )
}

function jobsRoute(app: App, { jobs }: Pick<UploadRouteOptions, 'jobs'>): void {
  app.get(
    '/api/v1/jobs',
    {
      config: { auth: 'core', work: 'list' },
      schema: {
        tags: TAGS,
        operationId: 'listJobsCloud',
        summary: `The ${JOBS} newest jobs`,
        response: {
          200: Type.Array(
            Type.Object(
              {
                id: Type.String(),
                job_type: Type.String(),
                job_state: Type.Unsafe<(typeof STATES)[keyof typeof STATES]>({
                  type: 'string',
                  enum: ['pending', 'processing', 'completed', 'failed'],
                }),
                parameters: Type.Unsafe<Record<string, unknown> | null>({ type: ['object', 'null'], additionalProperties: true }),
                percent_complete: Type.Integer(),
                created_at: Time,
                updated_at: Time,
              },
              { title: 'CloudJob' },
            ),
          ),
          ...problems(401),
        },
      },
    },
    async (request) => {
      const { user } = principalOf(request)
      const visibility: Visibility = user.isAdmin ? { all: true } : { all: false, accountId: user.account.id }
      const page = await jobs.list({ visibility, activeOnly: false, limit: JOBS, offset: 0 })
      return page.jobs.map((job) => ({
        id: job.id,
        job_type: job.jobType,
        job_state: STATES[job.jobState],
        parameters: Object.keys(job.parameters).length === 0 ? null : job.parameters,
        percent_complete: job.percentComplete,
        created_at: job.createdAt,
        updated_at: job.updatedAt,
      }))
    },
  )
}
