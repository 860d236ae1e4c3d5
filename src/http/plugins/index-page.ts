import { Type } from '@fastify/type-provider-typebox'
import type { App } from '../base/app.ts'

/** `GET /`: name, version and links of the server, as JSON or, for a browser, as a page. */
export function indexPage(app: App, { version, publicUrl }: { version: string; publicUrl?: string | null | undefined }): void {
  // Behind a proxy the server may live in a sub-folder.
  const folder = publicUrl ? new URL(publicUrl).pathname.replace(/\/$/, '') : ''
  const links = { openapi: `${folder}/api/openapi.json`, live: `${folder}/health/live`, ready: `${folder}/health/ready` }

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
            description: 'JSON, or HTML for a browser',
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
      if (request.headers.accept?.includes('text/html'))
        return await reply.type('text/html; charset=utf-8').send(page(version, { ...links, map: `${folder}/map` }))
      return await reply.type('application/json; charset=utf-8').send({ name: 'Chartroom', version, links })
    },
  )
}

function page(version: string, links: { openapi: string; ready: string; map: string }): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Chartroom ${version}</title></head>
<body>
<h1>Chartroom ${version}</h1>
<p>A self-hosted nautical chart server.</p>
<ul>
<li><a href="${links.map}">The chart</a></li>
<li><a href="${links.openapi}">Description of the API (OpenAPI)</a></li>
<li><a href="${links.ready}">Health</a></li>
</ul>
</body>
</html>
`
}
