import { Readable } from 'node:stream'
import { Type } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Exports, PackFile } from '#exports/exports.ts'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { problems, timeWhen } from '#http/base/schemas.ts'
import { AppError } from '#lib/errors.ts'
import { EXPORT_TAGS } from './export-schemas.ts'
import { parseRange } from './parse-range.ts'

const URL = '/api/portal/v1/downloads'

/** One-time addresses for downloads: a link carries no header, and a session token must not appear in an address. */
export function downloadRoutes(app: App, { exports }: { exports: Exports }): void {
  app.post(
    URL,
    {
      config: { auth: 'any' },
      schema: {
        tags: EXPORT_TAGS,
        operationId: 'createDownload',
        summary: 'A one-time address for the download of an offline pack',
        description:
          'The download must begin within 60 seconds. Requests of a range (RFC 9110, section 14) resume it for 12 hours.',
        body: Type.Object({ exportId: Type.String({ format: 'uuid', description: 'The id of a completed pack' }) }),
        response: {
          200: Type.Object(
            {
              url: Type.String({
                description: 'Path of the download, on this server; it contains the ticket and needs no token',
              }),
              expiresAt: timeWhen('when the download must have begun'),
            },
            { title: 'Download', description: 'A one-time address' },
          ),
          ...problems(400, 401, 404, 409),
        },
      },
    },
    async (request) => {
      const { account } = principalOf(request).user
      const { ticket, expiresAt } = await exports.issueTicket(account.id, request.body.exportId)
      return { url: `${app.clients.folderOf(request.raw)}${URL}/${ticket}`, expiresAt }
    },
  )

  app.get(
    `${URL}/:ticket`,
    {
      config: { auth: 'none', compress: false },
      schema: {
        tags: EXPORT_TAGS,
        operationId: 'download',
        summary: 'Download an offline pack',
        description:
          'The ticket stands for the token. Without Range it works once; with Range it resumes for 12 hours after it began, and If-Range with the ETag makes sure that it is the same file. HEAD returns the size and does not use up the ticket. 410 DOWNLOAD_GONE: ask for a new address.',
        params: Type.Object({ ticket: Type.String({ description: 'The ticket, which is valid once' }) }),
        response: {
          200: {
            description: 'The zip',
            content: { 'application/zip': { schema: Type.Unsafe<unknown>({ type: 'string', format: 'binary' }) } },
          },
          206: {
            description: 'A part of the zip',
            content: { 'application/zip': { schema: Type.Unsafe<unknown>({ type: 'string', format: 'binary' }) } },
          },
          ...problems(410, 416),
        },
      },
    },
    async (request, reply) => {
      const { range } = request.headers
      const use = request.method === 'HEAD' ? 'look' : range === undefined ? 'begin' : 'resume'
      return await sendPack(request, reply, await exports.openDownload(request.params.ticket, use))
    },
  )
}

async function sendPack(request: FastifyRequest, reply: FastifyReply, pack: PackFile): Promise<unknown> {
  const { fileSize, fileName } = pack
  const etag = `"${pack.id}"`
  reply.headers({
    etag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-store',
    'content-disposition': `attachment; filename="${fileName}"`,
  })
  reply.type('application/zip')
  const condition = request.headers['if-range']
  const asked = condition === undefined || condition === etag ? request.headers.range : undefined
  const part = parseRange(asked, fileSize)
  if (part === 'unsatisfiable') {
    reply.header('content-range', `bytes */${fileSize}`)
    throw new AppError('RANGE_NOT_SATISFIABLE', `The file has ${fileSize} bytes.`)
  }
  const { start, end } = part ?? { start: 0, end: fileSize }
  if (part !== null) reply.code(206).header('content-range', `bytes ${start}-${end - 1}/${fileSize}`)
  reply.header('content-length', end - start)
  // An empty stream, because without a body Fastify would set the content length to 0.
  if (request.method === 'HEAD') return await reply.send(Readable.from([]))
  return await reply.send(await pack.read({ start, end }))
}
