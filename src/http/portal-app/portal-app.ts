import { randomBytes } from 'node:crypto'
import { Type } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#lib/errors.ts'
import type { App } from '../base/app.ts'
import { chooseEncoding } from '../base/choose-encoding.ts'
import { matchesEtag } from '../base/matches-etag.ts'
import type { PortalFile } from './portal-files.ts'
import { portalHeaders } from './portal-headers.ts'
import type { PortalState } from './portal-state.ts'
import { standInPage } from './stand-in-page.ts'

/** The addresses of the portal besides `/`; its router knows what lies below. Every other address is unknown, never the portal. */
const PATHS = [
  '/sign-in',
  '/jobs',
  '/jobs/*',
  '/charts',
  '/charts/*',
  '/map',
  '/styles',
  '/styles/*',
  '/tokens',
  '/exports',
  '/webhooks',
  '/webhooks/*',
  '/admin',
  '/admin/*',
  '/account',
]
/** Seconds until a stand-in page reloads itself. */
const RELOADS = { building: 1, failed: 30, absent: null }

export interface PortalAppOptions {
  /** Left out: a server without a portal. */
  portal?: (() => PortalState) | undefined
  version: string
}

/** The portal: one page at each of its addresses, and its files under `/assets/`. `indexPage` answers `/`. */
export function portalApp(app: App, options: PortalAppOptions): void {
  for (const url of PATHS) {
    const config = { auth: 'none', compress: false } as const
    app.get(url, { config, schema: { hide: true } }, (request, reply) => sendPortal(request, reply, options))
  }

  app.get(
    '/assets/:file',
    {
      config: { auth: 'none', compress: false },
      schema: { hide: true, params: Type.Object({ file: Type.String() }) },
    },
    (request, reply) => {
      const state = stateOf(options)
      const file = state.kind === 'ready' ? state.files.assets.get(request.params.file) : undefined
      if (file === undefined) throw new AppError('STATIC_NOT_FOUND')
      return sendFile(request, reply, file)
    },
  )
}

/** Sends the portal's page with its own nonce, or the stand-in page while there is no portal. */
export function sendPortal(request: FastifyRequest, reply: FastifyReply, options: PortalAppOptions): FastifyReply {
  const state = stateOf(options)
  const folder = request.server.clients.folderOf(request.raw)
  reply.type('text/html; charset=utf-8')
  if (state.kind === 'ready') {
    const nonce = randomBytes(16).toString('base64')
    return reply.headers(portalHeaders(nonce)).send(state.files.page(folder, nonce))
  }
  const seconds = RELOADS[state.kind]
  // The portal will be here later, so a proxy or a search engine must not take this page for it.
  if (seconds !== null) reply.code(503).headers({ refresh: String(seconds), 'retry-after': String(seconds) })
  return reply
    .headers({ ...portalHeaders(null), 'cache-control': 'no-store' })
    .send(standInPage(state.kind, folder, options.version))
}

/** The name contains the digest of the content, so clients may keep the file for ever. */
function sendFile(request: FastifyRequest, reply: FastifyReply, file: PortalFile): FastifyReply {
  const encoding = chooseEncoding(request.headers['accept-encoding'], file.encoded)
  const etag = encoding === null ? `"${file.digest}"` : `"${file.digest}-${encoding}"`
  reply.headers({ etag, 'cache-control': 'public, max-age=31536000, immutable', vary: 'Accept-Encoding' })
  if (matchesEtag(request.headers['if-none-match'], etag)) return reply.code(304).send()
  if (encoding !== null) reply.header('content-encoding', encoding)
  return reply.type(file.contentType).send((encoding !== null && file.encoded.get(encoding)) || file.content)
}

function stateOf({ portal }: PortalAppOptions): PortalState {
  return portal?.() ?? { kind: 'absent' }
}
