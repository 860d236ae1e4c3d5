import { Type } from '@fastify/type-provider-typebox'
import type { App } from '../base/app.ts'
import { type PortalAppOptions, sendPortal } from './portal-app.ts'

/** `GET /`: name, version and links of the server as JSON, or the portal for a browser. */
export function indexPage(app: App, options: PortalAppOptions): void {
  app.get(
    '/',
    {
      config: { auth: 'none' },
      schema: {
        tags: ['Server'],
        operationId: 'getIndex',
        summary: 'Name, version and links',
        response: {
          200: {
            description: 'JSON, or the portal for a browser',
            content: {
              'application/json': {
                schema: Type.Object({
                  name: Type.String(),
                  version: Type.String(),
                  links: Type.Record(Type.String(), Type.String()),
                }),
              },
              'text/html': { schema: Type.String() },
            },
          },
        },
      },
    },
    async (request, reply) => {
      reply.header('vary', 'Accept')
      if (request.headers.accept?.includes('text/html')) return await sendPortal(request, reply, options)
      const folder = app.clients.folderOf(request.raw)
      const links = { openapi: `${folder}/api/openapi.json`, live: `${folder}/health/live`, ready: `${folder}/health/ready` }
      return await reply.type('application/json; charset=utf-8').send({ name: 'Chartroom', version: options.version, links })
    },
  )
}
