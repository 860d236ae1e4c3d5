import { Type } from '@fastify/type-provider-typebox'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { nullable, problems } from '#http/base/schemas.ts'
import type { UploadRouteOptions } from '../../uploads/accept-upload.ts'
import { CHART_TAGS, CHARTS_URL } from './chart-schemas.ts'
import { UploadIdParameter, uploadIdOf, uploadNotFound } from './upload-id.ts'

const AFTER = ['removed', 'older-upload', 'public'] as const

const CellAfterDeletion = Type.Object(
  {
    name: Type.String({ description: 'The name of the cell' }),
    after: Type.Unsafe<(typeof AFTER)[number]>({
      type: 'string',
      enum: [...AFTER],
      description: 'What the account sees of the cell then: nothing, the version of another upload, or the public one',
    }),
    uploadId: nullable(Type.Integer({ description: 'The newest upload of that version; null unless another upload has it' })),
  },
  { title: 'CellAfterDeletion', description: 'What becomes of a cell when an upload is deleted' },
)

/** What deleting an upload would change. */
export function previewDeletionRoute(app: App, { uploads }: UploadRouteOptions): void {
  app.get(
    `${CHARTS_URL}/uploads/:id/deletion`,
    {
      config: { auth: 'any', work: 'list' },
      schema: {
        tags: CHART_TAGS,
        operationId: 'previewUploadDeletion',
        summary: 'What deleting an upload would change',
        description: 'The cells that come from the upload, or that it cancelled, by name; all others stay as they are.',
        params: UploadIdParameter,
        response: {
          200: Type.Object({ cells: Type.Array(CellAfterDeletion, { description: 'By name' }) }),
          ...problems(401, 404),
        },
      },
    },
    async (request) => {
      const cells = await uploads.previewDeletion(principalOf(request).user.account.id, uploadIdOf(request.params))
      if (cells === null) throw uploadNotFound(request.params.id)
      return { cells }
    },
  )
}
