import { once } from 'node:events'
import { createReadStream, existsSync } from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'

const modules = path.resolve(import.meta.dirname, '../../../node_modules')
const pages = path.join(import.meta.dirname, 'pages')
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.png': 'image/png',
}

export interface PageServer {
  url: string
  close(): Promise<void>
}

/**
 * Serves `pages/` and, under `/modules/`, the installed packages, with a content security policy as strict as the server's own; a page may
 * also reach the chart servers given.
 *
 * @param chartServers origins such as `http://127.0.0.1:8080`.
 */
export async function servePages(chartServers: readonly string[]): Promise<PageServer> {
  const charts = chartServers.join(' ')
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self' blob:",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    `img-src 'self' data: blob: ${charts}`,
    `connect-src 'self' ${charts}`,
  ].join('; ')
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://pages')
    const root = pathname.startsWith('/modules/') ? modules : pages
    const file = path.join(root, pathname.replace(/^\/modules\//, '/'))
    if (!file.startsWith(root) || !existsSync(file)) {
      response.writeHead(404).end()
      return
    }
    const type = TYPES[path.extname(file)] ?? 'application/octet-stream'
    response.writeHead(200, { 'content-type': type, 'content-security-policy': policy })
    createReadStream(file).pipe(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
