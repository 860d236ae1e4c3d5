import { Type } from '@fastify/type-provider-typebox'
import { principalOf } from '#http/auth/auth.ts'
import type { App } from '#http/base/app.ts'
import { Empty, problems } from '#http/base/schemas.ts'
import { type CreateExportOptions, createExportRoutes } from './create-export.ts'
import { downloadRoutes } from './download-routes.ts'
import { EXPORT_TAGS, EXPORTS_URL, ExportId, ExportSchema } from './export-schemas.ts'

/** Offline packs of the caller's account, and their downloads. */
export function exportRoutes(app: App, options: CreateExportOptions): void {
  const { exports, jobs } = options
  createExportRoutes(app, options)
  downloadRoutes(app, options)

  app.get(
    EXPORTS_URL,
    {
      config: { auth: 'any' },
      schema: {
        tags: EXPORT_TAGS,
        operationId: 'listExports',
        summary: 'Offline packs of the account, newest first',
        description:
          'At most the 1,000 newest, without pages, including those in the making. A pack and its file are removed some days after completion, by default 14.',
        response: {
          200: Type.Object(
            { exports: Type.Array(ExportSchema, { description: 'Newest first' }) },
            { title: 'ExportList', description: 'The offline packs of an account' },
          ),
          ...problems(401),
        },
      },
    },
    async (request) => ({ exports: await exports.list(principalOf(request).user.account.id) }),
  )

  app.get(
    `${EXPORTS_URL}/:id`,
    {
      config: { auth: 'any' },
      schema: {
        tags: EXPORT_TAGS,
        operationId: 'getExport',
        summary: 'One offline pack',
        description:
          'Poll it to follow its progress: percentComplete and state are those of its job. 404 EXPORT_NOT_FOUND also once it has expired.',
        params: ExportId,
        response: { 200: ExportSchema, ...problems(401, 404) },
      },
    },
    async (request) => await exports.get(principalOf(request).user.account.id, request.params.id),
  )

  app.delete(
    `${EXPORTS_URL}/:id`,
    {
      config: { auth: 'any' },
      schema: {
        tags: EXPORT_TAGS,
        operationId: 'deleteExport',
        summary: 'Delete an offline pack',
        description:
          'Cancels its job when it still runs, and removes its file. A download under way may break off. 404 EXPORT_NOT_FOUND.',
        params: ExportId,
        response: { 204: Empty, ...problems(401, 404) },
      },
    },
    async (request, reply) => {
      const { account, username } = principalOf(request).user
      const { jobId } = await exports.get(account.id, request.params.id)
      await jobs.cancel(jobId, `${username} deleted the export`)
      await exports.delete(account.id, request.params.id)
      return await reply.code(204).send(null)
    },
  )
}
