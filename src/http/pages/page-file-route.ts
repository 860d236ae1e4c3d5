import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Type } from '@fastify/type-provider-typebox'
import { AppError } from '#lib/errors.ts'
import type { App } from '../base/app.ts'
import { problems } from '../base/schemas.ts'
import { sendCached, zip } from '../base/send-cached.ts'
import { createPageFiles } from './page-files.ts'

const TYPES = new Map([
  ['.js', 'text/javascript; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
])

/** Files of the API reference, and MapLibre GL JS for the map of the portal, under `/assets/`. */
export function pageFileRoute(app: App): void {
  const pageFiles = createPageFiles()

  app.get(
    '/assets/:version/:file',
    {
      config: { auth: 'none', compress: false },
      schema: {
        tags: ['Server'],
        operationId: 'getPageFile',
        summary: 'A file of the pages',
        description:
          'A script or style sheet of the API reference or of the map library. With the current version in its address it may be cached for a year, under any other it must be checked again. Needs no token.',
        params: Type.Object({
          version: Type.String({ description: 'The digest of the files' }),
          file: Type.String({ description: 'The name of the file' }),
        }),
        response: {
          200: { description: 'The file', content: { '*/*': { schema: Type.Unsafe<unknown>({}) } } },
          ...problems(404),
        },
      },
    },
    async (request, reply) => {
      const { version, file } = request.params
      const index = await pageFiles()
      const found = index.files.get(file)
      if (found === undefined) throw new AppError('STATIC_NOT_FOUND')
      const content = () => readFile(found.path)
      const isCurrent = version === index.version || version === index.mapLibre
      return await sendCached(request, reply, {
        contentType: TYPES.get(path.extname(file)) ?? 'application/octet-stream',
        cacheControl: isCurrent ? 'public, max-age=31536000, immutable' : 'no-cache',
        digest: found.digest,
        content,
        zipped: async () => await zip(await content()),
      })
    },
  )
}
