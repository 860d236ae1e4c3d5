import { Type } from '@fastify/type-provider-typebox'
import type { Cells } from '#charts/cells/cells.ts'
import type { ListCellsQuery } from '#charts/cells/list-cells.ts'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { problems } from '#http/base/schemas.ts'
import { AppError } from '#lib/errors.ts'
import { CellSchema, CHART_TAGS, CHARTS_URL } from './chart-schemas.ts'
import { PageSchema, pageOf, TotalPaginationSchema } from './page.ts'

/** The cells that the caller sees. */
export function listCellsRoute(app: App, { cells }: { cells: Cells }): void {
  app.get(
    `${CHARTS_URL}/cells`,
    {
      config: { auth: 'any' },
      schema: {
        tags: CHART_TAGS,
        summary: 'Cells visible to the caller, by name',
        description: 'The public cells and those of the account.',
        querystring: Type.Object({
          ...PageSchema.properties,
          bbox: Type.Optional(
            Type.String({
              maxLength: 200,
              description:
                'west,south,east,north in degrees: only cells that touch this box; west exceeds east across the antimeridian',
            }),
          ),
        }),
        response: {
          200: Type.Object({ cells: Type.Array(CellSchema), pagination: TotalPaginationSchema }),
          ...problems(400, 401),
        },
      },
    },
    async (request) => {
      const { limit, offset } = pageOf(request.query)
      const accountId = principalOf(request).user.account.id
      const page = await cells.list({ accountId, limit, offset, box: boxOf(request.query.bbox) })
      return { cells: page.cells, pagination: { limit, offset, total: page.total } }
    },
  )
}

function boxOf(given: string | undefined): ListCellsQuery['box'] {
  if (given === undefined) return null
  const numbers = given.split(',').map((part) => (/^\s*-?\d+(\.\d+)?\s*$/.test(part) ? Number(part) : Number.NaN))
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN] = numbers
  const isBox =
    numbers.length === 4 && Math.abs(west) <= 180 && Math.abs(east) <= 180 && south >= -90 && north <= 90 && south <= north
  if (isBox) return [west, south, east, north]
  const message = 'must be west,south,east,north in degrees, such as -81.5,31,-80,32.5, with south not above north'
  throw new AppError('VALIDATION_FAILED', `The query is not valid: bbox ${message}.`, {
    fields: [{ field: 'bbox', message }],
  })
}
