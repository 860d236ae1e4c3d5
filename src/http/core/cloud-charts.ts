import { Type } from '@fastify/type-provider-typebox'
import type { Visibility } from '#jobs/model/job-record.ts'
import { startedByUser } from '#jobs/model/starter.ts'
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
          description:
            'In the shape of the cloud edition; otherwise as the upload of the Portal API, with its limits: multipart/form-data with one field `file`, an exchange set (.zip), a cell or update (.000, .001, ...) or S-63 permits (.prm, PERMIT.TXT). A job processes it.',
          consumes: ['multipart/form-data'],
          response: {
            200: Type.Object({
              upload: Type.Object(
                {
                  id: Type.String({ description: 'A UUID' }),
                  filename: Type.String({ description: 'As stored: without folders and unusual characters' }),
                  fileSize: Type.Integer({ description: 'Bytes' }),
                  status: Type.Literal('pending', { description: 'The job has yet to begin' }),
                },
                { description: 'The upload as it is stored' },
              ),
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
        description:
          'For administrators: downloads and indexes what has changed at the sources of public charts. In the shape of the cloud edition; without a body. 409 JOB_TYPE_ACTIVE, with the id of the job, while one is pending or running.',
        response: {
          200: Type.Object({
            jobId: Type.String({ description: 'The id of the new job, a UUID' }),
            jobState: Type.Literal('pending', { description: 'It has yet to begin' }),
          }),
          ...problems(401, 403, 409),
        },
      },
    },
    async (request) =>
      await jobs.create({
        jobType: 'refresh-public-charts',
        accountId: null,
        startedBy: startedByUser(principalOf(request).user),
      }),
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
        description:
          'In the shape of the cloud edition. An administrator sees every job, anyone else those of the account and of the whole server. Steps, logs and filters are on the Portal API.',
        response: {
          200: Type.Array(
            Type.Object(
              {
                id: Type.String({ description: 'The id of the job, a UUID' }),
                job_type: Type.String({ description: 'What the job does, such as refresh-public-charts' }),
                job_state: Type.Unsafe<(typeof STATES)[keyof typeof STATES]>({
                  type: 'string',
                  enum: ['pending', 'processing', 'completed', 'failed'],
                  description: 'processing is the running of the Portal API; failed is also a cancelled job',
                }),
                parameters: Type.Unsafe<Record<string, unknown> | null>({
                  type: ['object', 'null'],
                  additionalProperties: true,
                  description: 'What the job was started with; null when it took nothing',
                }),
                percent_complete: Type.Integer({ description: '0 to 100; 100 only once it has completed' }),
                created_at: Time,
                updated_at: Time,
              },
              { title: 'CloudJob', description: 'A job in the shape of the cloud edition' },
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
