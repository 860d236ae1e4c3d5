import { Type } from '@fastify/type-provider-typebox'
import type { Cells } from '#charts/cells/cells.ts'
import { decodeTextFile } from '#charts/cells/decode-text-file.ts'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { problems } from '#http/base/schemas.ts'
import { AppError } from '#lib/errors.ts'
import { CHART_TAGS, CHARTS_URL } from './chart-schemas.ts'

/** Content types of files that a feature may name. None that a browser would run: web pages and XML are served as plain text. */
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

const UNKNOWN_TYPE = 'application/octet-stream'

const FILE_CONTENT = Object.fromEntries(
  [...new Set([...Object.values(CONTENT_TYPES), UNKNOWN_TYPE])].map((type) => [
    type.split(';')[0] ?? type,
    {
      schema: Type.Unsafe<unknown>(type.startsWith('text/') ? { type: 'string' } : { type: 'string', format: 'binary' }),
    },
  ]),
)

/** A text or picture that a feature of a cell names (TXTDSC, PICREP). */
export function cellFileRoute(app: App, { cells }: { cells: Cells }): void {
  app.get(
    `${CHARTS_URL}/cells/:name/files/:file`,
    {
      config: { auth: 'any' },
      schema: {
        tags: CHART_TAGS,
        operationId: 'getCellFile',
        summary: 'A text or picture that a feature of a cell names',
        description:
          'The file as it came with the cell. Texts are sent in UTF-8, web pages and XML as plain text, so that no browser runs them. 404 CELL_FILE_NOT_FOUND when the cell has no such file, and when there is no such cell.',
        params: Type.Object({
          name: Type.String({ description: 'The name of the cell' }),
          file: Type.String({ description: 'The name of the text or picture' }),
        }),
        response: { 200: { description: 'The file', content: FILE_CONTENT }, ...problems(401, 404) },
      },
    },
    async (request, reply) => {
      const { name, file } = request.params
      const found = await cells.file(principalOf(request).user.account.id, name, file)
      if (found === null) throw fileNotFound(name, file)
      const extension = found.name.slice(found.name.lastIndexOf('.') + 1).toLowerCase()
      return await reply
        .type(CONTENT_TYPES[extension] ?? UNKNOWN_TYPE)
        .header('x-content-type-options', 'nosniff')
        .header('content-disposition', `inline; filename="${found.name.replaceAll(/[^\w. ()+-]/g, '_')}"`)
        .header('cache-control', 'private, max-age=60')
        .send(toUtf8(extension, found.bytes) as never)
    },
  )
}

function toUtf8(extension: string, bytes: Buffer): Buffer {
  return CONTENT_TYPES[extension]?.startsWith('text/') ? decodeTextFile(bytes) : bytes
}

function fileNotFound(name: string, file: string): AppError {
  return new AppError(
    'CELL_FILE_NOT_FOUND',
    `The cell ${name.slice(0, 40)} has no file ${file.slice(0, 120)}, or there is no such cell.`,
  )
}
