import { Type } from '@fastify/type-provider-typebox'
import type { Cells } from '#charts/cells/cells.ts'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { nullable, problems, timeWhen } from '#http/base/schemas.ts'
import { AppError } from '#lib/errors.ts'
import { CellSchema, CHART_TAGS, CHARTS_URL } from './chart-schemas.ts'

const CellDetailSchema = Type.Object(
  {
    ...CellSchema.properties,
    warnings: Type.Array(Type.String(), { description: 'What was left out or doubtful, in words' }),
    features: Type.Record(Type.String(), Type.Integer(), { description: 'Features of each object class, by acronym' }),
    refreshJobId: nullable(
      Type.String({
        format: 'uuid',
        description: 'The refresh that made a public cell visible; null for an uploaded cell, and when the job is deleted',
      }),
    ),
  },
  { title: 'CellDetail', description: 'A chart that the caller sees, with everything that is known about it' },
)

const CellFailureSchema = Type.Object(
  {
    edition: nullable(Type.Integer({ description: 'Edition that was tried; null when it could not be read' })),
    update: nullable(Type.Integer({ description: 'Update that was tried; null when it could not be read' })),
    reason: Type.String({ description: 'Why it failed, in words' }),
    failedAt: nullable(timeWhen('when it failed; null when that was not recorded')),
    uploadId: nullable(Type.Integer({ description: 'The upload whose cell failed; null for a public cell' })),
    refreshJobId: nullable(
      Type.String({
        format: 'uuid',
        description: 'The refresh in which a public cell failed; null for an uploaded cell, and when the job is deleted',
      }),
    ),
  },
  { title: 'CellFailure', description: 'A try to index a cell that failed' },
)

/** One cell that the caller sees. */
export function getCellRoute(app: App, { cells }: { cells: Cells }): void {
  app.get(
    `${CHARTS_URL}/cells/:name`,
    {
      config: { auth: 'any' },
      schema: {
        tags: CHART_TAGS,
        operationId: 'getCell',
        summary: 'One cell, with its warnings and its last failed try',
        description:
          'The cell of the account before the public one. `cell` is null when no version could be indexed yet. `lastFailure` is null when nothing has failed since the visible version was indexed.',
        params: Type.Object({ name: Type.String({ description: 'The name of the cell' }) }),
        response: {
          200: Type.Object({ cell: nullable(CellDetailSchema), lastFailure: nullable(CellFailureSchema) }),
          ...problems(401, 404),
        },
      },
    },
    async (request) => {
      const { name } = request.params
      const found = await cells.get(principalOf(request).user.account.id, name)
      if (found === null) throw new AppError('CELL_NOT_FOUND', `There is no cell ${name.slice(0, 60)} among the charts you see.`)
      return found
    },
  )
}
