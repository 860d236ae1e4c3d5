import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Accounts } from '#accounts/accounts.ts'
import type { Log } from '#lib/log.ts'
import { isTracing } from '#lib/trace.ts'
import type { Tile } from '#tiles/tile-service.ts'
import { bearerOf, principalOf } from '../auth/auth.ts'
import type { App } from '../base/app.ts'
import { countHosts } from '../base/count-hosts.ts'
import { matchesEtag } from '../base/matches-etag.ts'

/** Responses with tiles, so that an equal request is answered without planning its tile again. */
export interface RepeatedTiles {
  /** Call this when a successful response has all its headers, if its body is the encoded tile. */
  remember(request: FastifyRequest, reply: FastifyReply, recall: Tile['recall']): void
}

interface Recent {
  bearer: string
  accountId: number
  recall: Tile['recall']
  route: string
  etag: string
  /** Names and values in turn, without those that differ between responses. */
  headers: readonly string[]
}

/** Responses that are remembered; each takes about a kilobyte, and the tile itself is in the cache. */
const MOST = 2_000

/**
 * Answers requests that are equal to an earlier one before Fastify sees them, because Fastify takes longer than finding the tile. This
 * needs a recognised token, the same charts, and a tile in memory; all other requests take the usual way.
 */
export function createRepeatedTiles(
  app: App,
  { accounts, log }: { accounts: Pick<Accounts, 'recall'>; log: Log },
): RepeatedTiles {
  const known = new Map<string, Recent>()
  const hasSpans = isTracing()
  let isClosing = false
  app.addHook('preClose', async () => {
    isClosing = true
  })

  const [handle] = app.server.listeners('request') as [(request: IncomingMessage, response: ServerResponse) => void]
  app.server.off('request', handle)
  app.server.on('request', (request, response) => {
    if (!answer(request, response)) handle(request, response)
  })

  function answer(request: IncomingMessage, response: ServerResponse): boolean {
    const recent = known.get(keyOf(request))
    if (recent === undefined || !isPlain(request, response)) return false
    const begun = performance.now()
    const tile = tileFor(request.headers, recent)
    if (tile === null) return false
    const isHeld = matchesEtag(request.headers['if-none-match'], recent.etag)
    const status = isHeld ? 304 : 200
    response.once('close', () =>
      app.countRequest({ method: 'GET', route: recent.route, status, milliseconds: performance.now() - begun }),
    )
    const headers = [...recent.headers, 'x-request-id', randomUUID()]
    if (!isHeld) headers.push('content-length', String(tile.byteLength))
    response.writeHead(status, headers)
    response.end(isHeld ? undefined : tile)
    return true
  }

  /** Whether a request needs nothing but its response: no log line, span or refusal, and its connection stays open. */
  function isPlain(request: IncomingMessage, response: ServerResponse): boolean {
    return (
      !isClosing &&
      !hasSpans &&
      !log.isLevelEnabled('debug') &&
      // A pipelined request waits for the responses before its own.
      response.socket !== null &&
      request.httpVersionMajor === 1 &&
      !hasBody(request.headers) &&
      countHosts(request.rawHeaders) <= 1
    )
  }

  function tileFor({ origin }: IncomingHttpHeaders, { bearer, accountId, recall }: Recent): Buffer | null {
    if (accounts.recall(bearer, origin)?.user.account.id !== accountId) return null
    const tile = recall()
    return tile === null || tile.byteLength === 0 ? null : tile
  }

  return {
    remember(request, reply, recall) {
      if (request.method !== 'GET') return
      known.set(keyOf(request.raw), {
        bearer: bearerOf(request, true),
        accountId: principalOf(request).user.account.id,
        recall,
        route: request.routeOptions.url ?? '',
        etag: String(reply.getHeader('etag')),
        headers: lastingHeaders(reply),
      })
      for (const oldest of known.keys()) {
        if (known.size <= MOST) break
        known.delete(oldest)
      }
    },
  }
}

function lastingHeaders(reply: FastifyReply): string[] {
  return Object.entries(reply.getHeaders()).flatMap(([name, value]) =>
    name === 'x-request-id' || value === undefined ? [] : [name, String(value)],
  )
}

/** Everything in a request that decides which tile the client gets, and how; none of the parts contains a line feed. */
function keyOf({ method, url, headers }: IncomingMessage): string {
  return `${method}\n${url}\n${headers.authorization}\n${headers['accept-encoding']}`
}

/** A tile request needs no body; one that has a body must still be received in time. */
function hasBody(headers: IncomingHttpHeaders): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
}
