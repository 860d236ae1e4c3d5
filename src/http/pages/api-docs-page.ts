import { Type } from '@fastify/type-provider-typebox'
import type { App } from '../base/app.ts'
import { createPageFiles } from './page-files.ts'

/** Swagger UI sets styles by script, which needs no `unsafe-inline`, and its icons are `data:` pictures. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** `GET /api/docs`, a page that shows `/api/openapi.json` for people. */
export function apiDocsPage(app: App, { publicUrl }: { publicUrl?: string | null | undefined }): void {
  // Behind a proxy the server may live in a sub-folder.
  const folder = publicUrl ? new URL(publicUrl).pathname.replace(/\/$/, '') : ''
  const pageFiles = createPageFiles()

  app.get(
    '/api/docs',
    {
      config: { auth: 'none', compress: false },
      schema: {
        tags: ['Server'],
        operationId: 'showApiReference',
        summary: 'A page that shows the API',
        description:
          'For people, in a browser. It reads `/api/openapi.json` and needs nothing from the internet. Needs no token.',
        response: { 200: { description: 'A page', content: { 'text/html': { schema: Type.String() } } } },
      },
    },
    async (_request, reply) => {
      const { version } = await pageFiles()
      reply.header('content-security-policy', POLICY).header('cache-control', 'no-cache')
      return await reply.type('text/html; charset=utf-8').send(apiDocsHtml(folder, `${folder}/assets/${version}`))
    },
  )
}

function apiDocsHtml(folder: string, assets: string): string {
  return `<!doctype html>
<html lang="en" data-folder="${folder}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Chartroom: API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${assets}/swagger-ui.css">
<link rel="stylesheet" href="${assets}/api-docs.css">
<script src="${assets}/swagger-ui-bundle.js"></script>
<script type="module" src="${assets}/api-docs.js"></script>
</head>
<body>
<div id="docs"></div>
<noscript><p>The reference needs JavaScript. Its source is <a href="${folder}/api/openapi.json">the description of the API</a>.</p></noscript>
</body>
</html>
`
}
