import { Type } from '@fastify/type-provider-typebox'
import type { Cells } from '#charts/cells/cells.ts'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { problems } from '#http/base/schemas.ts'
import { CHART_TAGS, CHARTS_URL } from './chart-schemas.ts'
import { PageSchema, pageOf, TotalPaginationSchema } from './page.ts'

const PermitSchema = Type.Object(
  {
    cell: Type.String({ description: 'The name of the cell that it opens' }),
    expires: Type.String({ description: 'The last day, YYYY-MM-DD' }),
    expired: Type.Boolean({
      description: 'Whether the last day is over; it still opens the charts that it was bought for',
    }),
    dataServer: Type.String({ description: 'The data server that issued it' }),
    uploadId: Type.Integer({ description: 'The upload that brought it' }),
  },
  { title: 'CellPermit', description: 'A permit to open an encrypted cell (S-63)' },
)

/** The S-63 permits of the account. */
export function listPermitsRoute(app: App, { cells }: { cells: Cells }): void {
  app.get(
    `${CHARTS_URL}/permits`,
    {
      config: { auth: 'any', work: 'list' },
      schema: {
        tags: CHART_TAGS,
        operationId: 'listPermits',
        summary: 'S-63 permits of the account, the first to expire first',
        description: 'One permit per cell: the one in force, from the newest upload. Keys are never shown.',
        querystring: PageSchema,
        response: {
          200: Type.Object({
            permits: Type.Array(PermitSchema, { description: 'The first to expire first' }),
            pagination: TotalPaginationSchema,
          }),
          ...problems(400, 401),
        },
      },
    },
    async (request) => {
      const { limit, offset } = pageOf(request.query)
      const { permits, total } = await cells.permits(principalOf(request).user.account.id, { limit, offset })
      return { permits, pagination: { limit, offset, total } }
    },
  )
}
