import { Type } from '@fastify/type-provider-typebox'
import type { Cells } from '#charts/cells/cells.ts'
import type { App } from '#http/base/app.ts'
import { problems, timeWhen } from '#http/base/schemas.ts'
import { CHART_TAGS, CHARTS_URL } from './chart-schemas.ts'
import { PageSchema, pageOf, TotalPaginationSchema } from './page.ts'

const PublicFailureSchema = Type.Object(
  {
    name: Type.String({ description: 'The name of the cell' }),
    source: Type.String({ description: 'noaa or usace' }),
    edition: Type.Integer({ description: 'The edition that the catalogue lists' }),
    update: Type.Integer({ description: 'The update that the catalogue lists' }),
    reason: Type.String({ description: 'A sentence for people' }),
    failedAt: timeWhen('the last try'),
  },
  { title: 'PublicFailure', description: 'A public cell whose last download or indexing failed' },
)

/** The public cells whose last download or indexing failed. */
export function listPublicFailuresRoute(app: App, { cells }: { cells: Cells }): void {
  app.get(
    `${CHARTS_URL}/publicFailures`,
    {
      config: { auth: 'any', work: 'list' },
      schema: {
        tags: CHART_TAGS,
        operationId: 'listPublicFailures',
        summary: 'Public cells that the last refresh could not download or index, by name',
        description:
          'The next refresh tries them again. A cell that was indexed earlier is still shown in that version. An entry is removed when its cell is indexed or withdrawn.',
        querystring: PageSchema,
        response: {
          200: Type.Object({
            failures: Type.Array(PublicFailureSchema, { description: 'By name' }),
            pagination: TotalPaginationSchema,
          }),
          ...problems(400, 401),
        },
      },
    },
    async (request) => {
      const { limit, offset } = pageOf(request.query)
      const { failures, total } = await cells.publicFailures({ limit, offset })
      return { failures, pagination: { limit, offset, total } }
    },
  )
}
