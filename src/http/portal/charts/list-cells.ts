import { Type } from '@fastify/type-provider-typebox'
import type { Cells } from '#charts/cells/cells.ts'
import { CELL_SORTS, type CellSort } from '#charts/cells/list-cells.ts'
import { CHART_SOURCES } from '#charts/sources/chart-sources.ts'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { BboxParameter, parseBbox } from '#http/base/bbox.ts'
import { problems } from '#http/base/schemas.ts'
import { tagList } from '#http/base/tag-list.ts'
import { CellSchema, CHART_TAGS, CHARTS_URL } from './chart-schemas.ts'
import { PageSchema, pageOf, TotalPaginationSchema } from './page.ts'

/** The cells that the caller sees. */
export function listCellsRoute(app: App, { cells }: { cells: Cells }): void {
  app.get(
    `${CHARTS_URL}/cells`,
    {
      config: { auth: 'any', work: 'list' },
      onSend: tagList,
      schema: {
        tags: CHART_TAGS,
        operationId: 'listCells',
        summary: 'Cells visible to the caller, by name',
        description: 'The public cells and those of the account.',
        querystring: Type.Object({
          ...PageSchema.properties,
          bbox: BboxParameter,
          q: Type.Optional(Type.String({ maxLength: 100, description: 'Only cells whose name or title contains this' })),
          source: Type.Optional(
            Type.Unsafe<string>({
              type: 'string',
              enum: [...CHART_SOURCES.map(({ id }) => id), 'upload'],
              description: 'Only cells of this source; `upload`: those of the account',
            }),
          ),
          sort: Type.Optional(
            Type.Unsafe<CellSort>({ type: 'string', enum: [...CELL_SORTS], description: 'By name unless given; `-` falls' }),
          ),
        }),
        response: {
          200: Type.Object({
            cells: Type.Array(CellSchema, { description: 'In the order of sort' }),
            pagination: TotalPaginationSchema,
          }),
          ...problems(400, 401),
        },
      },
    },
    async (request) => {
      const { limit, offset } = pageOf(request.query)
      const accountId = principalOf(request).user.account.id
      const { bbox, q, source, sort } = request.query
      const page = await cells.list({ accountId, limit, offset, box: parseBbox(bbox), text: q, source, sort })
      return { cells: page.cells, pagination: { limit, offset, total: page.total } }
    },
  )
}
