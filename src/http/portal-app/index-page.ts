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
        description: 'The portal for a request whose Accept names text/html, JSON for any other. Needs no token.',
        response: {
          200: {
            description: 'JSON, or the portal for a browser',
            content: {
              'application/json': {
                schema: Type.Object({
                  name: Type.String({ description: 'Always Chartroom' }),
                  version: Type.String({ description: 'The version of the server, as 1.2.3' }),
                  links: Type.Record(Type.String(), Type.String(), {
                    description: 'Paths by what they lead to: openapi, live and ready',
                  }),
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
