import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Type } from '@fastify/type-provider-typebox'
import { AppError } from '#lib/errors.ts'
import type { App } from '../base/app.ts'
import { problems } from '../base/schemas.ts'
import { sendCached, zip } from '../base/send-cached.ts'
import { mapHtml } from './map-html.ts'
import { createPageFiles } from './page-files.ts'

/** MapLibre paints in a worker, decodes pictures from blobs, and sets styles by script, which needs no `unsafe-inline`. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self' blob:",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const TYPES = new Map([
  ['.js', 'text/javascript; charset=utf-8'],
  ['.mjs', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
])

/** `GET /map`, a page that shows the charts, and its files under `/assets/`. */
export function mapPage(app: App): void {
  const pageFiles = createPageFiles()

  app.get(
    '/map',
    {
      config: { auth: 'none', compress: false },
      schema: {
        tags: ['Server'],
        operationId: 'getMapPage',
        summary: 'A page that shows the charts',
        description: 'With a token in the address (?token=), or a sign-in.',
        querystring: Type.Object({ token: Type.Optional(Type.String({ description: 'Read by the page, not by the server' })) }),
        response: { 200: { description: 'A page', content: { 'text/html': { schema: Type.String() } } } },
      },
    },
    async (request, reply) => {
      const { version } = await pageFiles()
      // Behind a proxy the server may live in a sub-folder.
      const folder = app.clients.folderOf(request.raw)
      reply.header('content-security-policy', POLICY).header('cache-control', 'no-cache')
      return await reply.type('text/html; charset=utf-8').send(mapHtml(folder, `${folder}/assets/${version}`))
    },
  )

  app.get(
    '/assets/:version/:file',
    {
      config: { auth: 'none', compress: false },
      schema: {
        tags: ['Server'],
        operationId: 'getPageFile',
        summary: 'A file of the pages',
        params: Type.Object({ version: Type.String(), file: Type.String() }),
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
      return await sendCached(request, reply, {
        contentType: TYPES.get(path.extname(file)) ?? 'application/octet-stream',
        cacheControl: version === index.version ? 'public, max-age=31536000, immutable' : 'no-cache',
        digest: found.digest,
        content,
        zipped: async () => await zip(await content()),
      })
    },
  )
}
