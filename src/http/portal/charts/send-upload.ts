import { Type } from '@fastify/type-provider-typebox'
import type { App } from '#http/base/app.ts'
import { problems } from '#http/base/schemas.ts'
import { acceptMultipart, acceptUpload, type UploadRouteOptions, uploadRouteOptions } from '../../uploads/accept-upload.ts'
import { CHART_TAGS, CHARTS_URL } from './chart-schemas.ts'

/** Upload File: streams one file to the storage and queues the job that processes it. */
export function sendUploadRoute(app: App, options: UploadRouteOptions): void {
  void app.register(async (scope: App) => {
    acceptMultipart(scope)
    scope.post(
      `${CHARTS_URL}/upload`,
      {
        ...uploadRouteOptions(options),
        schema: {
          tags: CHART_TAGS,
          operationId: 'uploadCharts',
          summary: 'Upload charts',
          description:
            'multipart/form-data with one field `file`: an S-57 or S-63 exchange set (.zip), a cell or update (.000, .001, ...), or S-63 permits (.prm, PERMIT.TXT); at most 1 GB. Answers once the file is stored; a job then reads it. Follow `status` of the upload until it is succeeded, failed or cancelled. 400 UPLOAD_TYPE and UPLOAD_TOO_LARGE.',
          consumes: ['multipart/form-data'],
          response: {
            200: Type.Object({
              upload: Type.Object(
                {
                  id: Type.Integer({ description: 'The number of the upload' }),
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
        const { id, filename, fileSize } = await acceptUpload(request, reply, options)
        return { upload: { id, filename, fileSize, status: 'pending' as const } }
      },
    )
  })
}
