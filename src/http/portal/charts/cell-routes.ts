import { Type } from '@fastify/type-provider-typebox'
import type { Cells } from '#charts/cells/cells.ts'
import type { ListCellsQuery } from '#charts/cells/list-cells.ts'
import type { Uploads } from '#charts/uploads/uploads.ts'
import { AppError } from '#lib/errors.ts'
import type { App } from '../../app.ts'
import { principalOf } from '../../plugins/auth.ts'
import { problems } from '../../schemas.ts'
import { CellSchema, PageSchema, TotalPaginationSchema } from './chart-schemas.ts'
import { pageOf } from './upload-routes.ts'

const TAGS = ['Charts']

/** Content types of what a feature may name. Nothing that a browser would run: web pages and XML are served as plain text. */
const CONTENT_TYPES: Record<string, string> = {
  txt: 'text/plain; charset=utf-8',
  htm: 'text/plain; charset=utf-8',
  html: 'text/plain; charset=utf-8',
  xml: 'text/plain; charset=utf-8',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  pdf: 'application/pdf',
}

/** The cells that a caller sees, the texts and pictures that came with them, and the S-63 user permit. */
export function cellRoutes(app: App, { uploads, cells }: { uploads: Uploads; cells: Cells }): void {
  const url = '/api/portal/v1/charts'
  const config = { auth: 'any' as const }

  app.get(
    `${url}/cells`,
    {
      config,
      schema: {
        tags: TAGS,
        summary: 'Cells that the caller sees, by name',
        description: 'The public cells and those of the account.',
        querystring: Type.Object({
          ...PageSchema.properties,
          bbox: Type.Optional(
            Type.String({
              maxLength: 200,
              description:
                'west,south,east,north in degrees: only cells that touch this box; west greater than east crosses the antimeridian',
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

  app.get(
    `${url}/cells/:name/files/:file`,
    {
      config,
      schema: {
        tags: TAGS,
        summary: 'A text or picture that a feature of a cell names',
        params: Type.Object({ name: Type.String(), file: Type.String() }),
        response: { 200: Type.Unsafe<Buffer>({ description: 'The file' }), ...problems(401, 404) },
      },
    },
    async (request, reply) => {
      const { name, file } = request.params
      const found = await cells.file(principalOf(request).user.account.id, name, file)
      if (found === null) {
        throw new AppError(
          'CELL_FILE_NOT_FOUND',
          404,
          `The cell ${name.slice(0, 40)} has no file ${file.slice(0, 120)}, or there is no such cell.`,
        )
      }
      const extension = found.name.slice(found.name.lastIndexOf('.') + 1).toLowerCase()
      return await reply
        .type(CONTENT_TYPES[extension] ?? 'application/octet-stream')
        .header('x-content-type-options', 'nosniff')
        .header('content-disposition', `inline; filename="${found.name.replaceAll(/[^\w. ()+-]/g, '_')}"`)
        .header('cache-control', 'private, max-age=60')
        .serializer((body: Buffer) => body as unknown as string)
        .send(readable(extension, found.bytes))
    },
  )

  app.get(
    `${url}/getPermit`,
    {
      config,
      schema: {
        tags: TAGS,
        summary: 'The S-63 user permit of this server',
        description: 'What a chart distributor needs to encrypt charts for this server.',
        response: { 200: Type.Object({ permitId: Type.String() }), ...problems(401, 404) },
      },
    },
    async () => {
      if (uploads.userPermit === null) {
        throw new AppError(
          'PERMIT_NOT_FOUND',
          404,
          'This server has no S-63 identity: its operator must set S63_MANUFACTURER_ID, S63_MANUFACTURER_KEY and S63_HARDWARE_ID.',
        )
      }
      return { permitId: uploads.userPermit }
    },
  )
}

/** Texts of exchange sets are UTF-8, or Latin 1 in older ones (S-57 appendix B.1); what is sent is UTF-8. */
function readable(extension: string, bytes: Buffer): Buffer {
  if (!CONTENT_TYPES[extension]?.startsWith('text/')) return bytes
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return bytes
  } catch {
    return Buffer.from(bytes.toString('latin1'), 'utf8')
  }
}

function boxOf(given: string | undefined): ListCellsQuery['box'] {
  if (given === undefined) return null
  const numbers = given.split(',').map((part) => (/^\s*-?\d+(\.\d+)?\s*$/.test(part) ? Number(part) : Number.NaN))
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN] = numbers
  const good =
    numbers.length === 4 && Math.abs(west) <= 180 && Math.abs(east) <= 180 && south >= -90 && north <= 90 && south <= north
  if (good) return [west, south, east, north]
  const message = 'must be west,south,east,north in degrees, such as -81.5,31,-80,32.5, with south not above north'
  throw new AppError('VALIDATION_FAILED', 400, `The query is not valid: bbox ${message}.`, {
    fields: [{ field: 'bbox', message }],
  })
}
