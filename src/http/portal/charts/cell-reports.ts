import { Type } from '@fastify/type-provider-typebox'
import type { CellReport } from '#charts/uploads/upload-record.ts'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { problems } from '#http/base/schemas.ts'
import { tagList } from '#http/base/tag-list.ts'
import type { UploadRouteOptions } from '../../uploads/accept-upload.ts'
import { CELL_STATUSES, CellReportSchema, CHART_TAGS, CHARTS_URL } from './chart-schemas.ts'
import { PageSchema, pageOf, TotalPaginationSchema } from './page.ts'
import { UploadIdParameter, uploadIdOf, uploadNotFound } from './upload-id.ts'

/** The report on the cells of an upload. */
export function cellReportsRoute(app: App, { uploads }: UploadRouteOptions): void {
  app.get(
    `${CHARTS_URL}/uploads/:id/cells`,
    {
      config: { auth: 'any', work: 'list' },
      onSend: tagList,
      schema: {
        tags: CHART_TAGS,
        operationId: 'listUploadCells',
        summary: 'Report on each cell of an upload',
        description:
          'What became of each: indexed, waiting for a permit, failed and why. Cells appear as the job finds them, so the report grows while it runs.',
        params: UploadIdParameter,
        querystring: Type.Object({
          ...PageSchema.properties,
          status: Type.Optional(
            Type.Unsafe<CellReport['status']>({
              type: 'string',
              enum: [...CELL_STATUSES],
              description: 'Only cells in this state',
            }),
          ),
          q: Type.Optional(Type.String({ maxLength: 100, description: 'Only cells whose name or title contains this' })),
        }),
        response: {
          200: Type.Object({
            cells: Type.Array(CellReportSchema, { description: 'By name' }),
            pagination: TotalPaginationSchema,
          }),
          ...problems(400, 401, 404),
        },
      },
    },
    async (request) => {
      const { limit, offset } = pageOf(request.query)
      const accountId = principalOf(request).user.account.id
      const found = await uploads.reports(accountId, uploadIdOf(request.params), {
        limit,
        offset,
        status: request.query.status,
        text: request.query.q,
      })
      if (found === null) throw uploadNotFound(request.params.id)
      return { cells: found.cells, pagination: { limit, offset, total: found.total } }
    },
  )
}
