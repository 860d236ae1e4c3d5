import type { FastifyRequest } from 'fastify'
import type { Accounts } from '#accounts/accounts.ts'
import type { Tile } from '#tiles/tile-service.ts'
import { bearerOf, principalOf } from '../auth/auth.ts'
import type { App } from '../base/app.ts'
import { matchesEtag } from '../base/matches-etag.ts'

/** Answers with tiles, so that the same request is answered again without planning its tile. */
export interface RepeatedTiles {
  /** To be called with the headers of a good answer whose body is the tile as it is encoded. */
  remember(request: FastifyRequest, tile: Tile, headers: TileHeaders): void
}

type TileHeaders = Record<string, string> & { etag: string }

interface Recent {
  bearer: string
  accountId: number
  recall: Tile['recall']
  headers: TileHeaders
}

/** Answers remembered; each takes about a kilobyte, and the tile lies in the cache. */
const MOST = 4_000

/**
 * Answers requests that are equal to an earlier one before anything else is done for them, as long as the token is recognised, the charts are
 * the same, and the tile is in memory. All other requests go their usual way. To be called before `auth`.
 */
export function createRepeatedTiles(app: App, { accounts }: { accounts: Pick<Accounts, 'recall'> }): RepeatedTiles {
  const known = new Map<string, Recent>()

  app.addHook('onRequest', (request, reply, done) => {
    const recent = known.get(keyOf(request))
    const tile = recent === undefined || hasBody(request) ? null : tileFor(request, recent)
    if (recent === undefined || tile === null) return done()
    reply.headers(recent.headers)
    if (matchesEtag(request.headers['if-none-match'], recent.headers.etag)) reply.code(304).send()
    else reply.send(tile)
  })

  function tileFor({ headers }: FastifyRequest, { bearer, accountId, recall }: Recent): Buffer | null {
    if (accounts.recall(bearer, headers.origin)?.user.account.id !== accountId) return null
    const tile = recall()
    return tile === null || tile.byteLength === 0 ? null : tile
  }

  return {
    remember(request, { recall, contentType, encoding }, headers) {
      if (request.method !== 'GET') return
      known.set(keyOf(request), {
        bearer: bearerOf(request, true),
        accountId: principalOf(request).user.account.id,
        recall,
        headers: { ...headers, 'content-type': contentType, ...(encoding === 'gzip' && { 'content-encoding': 'gzip' }) },
      })
      for (const oldest of known.keys()) {
        if (known.size <= MOST) break
        known.delete(oldest)
      }
    },
  }
}

/** All of a request that decides which tile the client gets, and how; a line feed is in none of the parts. */
function keyOf({ raw: { method, url, headers } }: FastifyRequest): string {
  return `${method}\n${url}\n${headers.authorization}\n${headers['accept-encoding']}`
}

/** A tile needs none; that of such a request must still be read in time. */
function hasBody({ headers }: FastifyRequest): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
}
