import { Readable } from 'node:stream'
import { Type } from '@fastify/type-provider-typebox'
import type { Cells } from '#charts/cells/cells.ts'
import type { CellCoverage, CoveragePlace } from '#charts/cells/list-coverages.ts'
import { invalidField } from '#lib/errors.ts'
import { principalOf } from '../auth/auth.ts'
import type { App } from '../base/app.ts'
import { BboxParameter, parseBbox } from '../base/bbox.ts'
import { nullable, problems, TokenQuery } from '../base/schemas.ts'

const MAXIMUM_LIMIT = 1_000
const DEFAULT_LIMIT = 100

const CoverageSchema = Type.Object(
  {
    id: Type.String({ description: 'A UUID that follows from the name: the same in every edition and on every server' }),
    name: Type.String({ description: 'The name of the cell, such as US5GA20M' }),
    title: nullable(Type.String({ description: 'The title of the chart; null when nothing states one' })),
    edition: Type.Integer({ description: 'Edition of the cell' }),
    update: Type.Integer({ description: 'The last update that is applied; 0 for the edition itself' }),
    issueDate: nullable(Type.String({ description: 'Date of issue, YYYY-MM-DD; null when the cell has none' })),
    updateDate: nullable(Type.String({ description: 'Update application date, YYYY-MM-DD; null when the cell has none' })),
    usageBand: Type.Integer({ description: 'Usage band: 1 overview to 6 berthing' }),
    compilationScale: Type.Integer({ description: 'Denominator of the compilation scale' }),
    isPublic: Type.Boolean({ description: 'Whether every account sees it; false for an upload of the account' }),
    bbox: Type.Array(Type.Number(), {
      description: 'West, south, east, north in degrees; west exceeds east across the antimeridian',
    }),
    coverage: Type.Object(
      {
        type: Type.Literal('MultiPolygon', { description: 'The type of GeoJSON' }),
        coordinates: Type.Array(Type.Unknown(), { description: 'Polygons of rings of positions, each longitude, latitude' }),
      },
      { description: 'The ground that it charts, as GeoJSON: M_COVR with data' },
    ),
  },
  { title: 'CellCoverage', description: 'A cell with the ground that it charts' },
)

/** Cells with the area each covers: all of them as a stream, or a page when `limit` or `cursor` asks for one. */
export function cellCoverageRoute(app: App, { cells }: { cells: Cells }): void {
  app.get(
    '/api/v1/cells',
    {
      config: { auth: 'core', work: 'list' },
      schema: {
        tags: ['Query'],
        operationId: 'listCellCoverages',
        summary: 'Cells visible to the caller, with their coverage',
        description:
          'All of them by name, or one page when limit or cursor is given. A whole national collection is tens of megabytes: use `bbox` for the cells of a view.',
        querystring: Type.Object({
          ...TokenQuery.properties,
          bbox: BboxParameter,
          limit: Type.Optional(
            Type.Integer({ minimum: 1, description: `Cells per page; values above ${MAXIMUM_LIMIT} count as ${MAXIMUM_LIMIT}` }),
          ),
          cursor: Type.Optional(
            Type.String({
              maxLength: 200,
              description: 'Empty for the first page, then pagination.nextCursor of the page before',
            }),
          ),
        }),
        response: {
          200: Type.Object({
            cells: Type.Array(CoverageSchema, { description: 'By name; of two with one name, the one of the account first' }),
            pagination: Type.Optional(
              Type.Object(
                {
                  limit: Type.Integer({ description: 'The limit that was applied' }),
                  nextCursor: nullable(Type.String({ description: 'For the next page; null after the last page' })),
                },
                { description: 'Only when limit or cursor was given' },
              ),
            ),
          }),
          ...problems(400, 401, 429, 503),
        },
      },
      // The answer is JSON text already.
      serializerCompiler: () => (data) => data as string,
    },
    async (request, reply) => {
      const accountId = principalOf(request).user.account.id
      const box = parseBbox(request.query.bbox)
      const { limit, cursor } = request.query
      reply.type('application/json; charset=utf-8')
      if (limit !== undefined || cursor !== undefined) {
        const most = Math.min(limit ?? DEFAULT_LIMIT, MAXIMUM_LIMIT)
        // Reads one row more than the page, which shows whether there is another one.
        const query = { accountId, box, after: readPlace(cursor ?? ''), limit: most + 1 }
        const found = (await Array.fromAsync(cells.coverages(query))).flat()
        const shown = found.slice(0, most)
        const last = found.length > most ? shown.at(-1) : undefined
        const pagination = { limit: most, nextCursor: last === undefined ? null : writePlace(last) }
        return await reply.send(JSON.stringify({ cells: shown, pagination }) as never)
      }
      const portions = cells.coverages({ accountId, box, after: null, limit: null })
      // An unreachable database fails here, while the response can still say so.
      const first = await portions.next()
      return await reply.send(Readable.from(writeCells(first.done ? [] : first.value, portions)) as never)
    },
  )
}

async function* writeCells(first: readonly CellCoverage[], rest: AsyncIterable<readonly CellCoverage[]>): AsyncIterable<string> {
  const write = (cells: readonly CellCoverage[]) => cells.map((cell) => JSON.stringify(cell)).join(',')
  yield `{"cells":[${write(first)}`
  for await (const cells of rest) yield `,${write(cells)}`
  yield ']}'
}

function writePlace({ name, isPublic }: CoveragePlace): string {
  return Buffer.from(`${isPublic ? 'public' : 'own'} ${name}`).toString('base64url')
}

/** @throws AppError CURSOR_INVALID (400). */
function readPlace(cursor: string): CoveragePlace | null {
  if (cursor === '') return null
  const [, source, name] = /^(public|own) (.{1,100})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? []
  const place = name === undefined ? null : { name, isPublic: source === 'public' }
  if (place !== null && writePlace(place) === cursor) return place
  throw invalidField('query', 'cursor', 'must be empty or a pagination.nextCursor of this server', { code: 'CURSOR_INVALID' })
}
