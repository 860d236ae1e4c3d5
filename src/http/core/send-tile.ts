import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#lib/errors.ts'
import type { Tile } from '#tiles/tile-service.ts'
import { acceptsGzip } from '../base/accepts-gzip.ts'
import { matchesEtag } from '../base/matches-etag.ts'
import type { RepeatedTiles } from './repeated-tiles.ts'

const MOST_NAMED = 60
/** When a client should ask again, because the new tile should be ready by then. */
const OUTDATED = 'private, max-age=2'

export interface SendTileOptions {
  signal: AbortSignal
  /** The body for a tile without content; left out, there is none. */
  empty?: Buffer | null
  cacheControl?: string
  /** Remembers the response; left out where the address alone does not determine the tile. */
  repeated?: RepeatedTiles
}

/**
 * Answers with a tile: a strong ETag for each encoding (RFC 9110, 8.8.3.3), 304 when the client has it, gzip when it takes that.
 *
 * @throws AppError TILE_EMPTY (404) for a tile without content and body.
 */
export async function sendTile(
  request: FastifyRequest,
  reply: FastifyReply,
  tile: Tile,
  { signal, empty = null, cacheControl = 'private, max-age=60', repeated }: SendTileOptions,
): Promise<unknown> {
  const zipped = tile.encoding === 'gzip' && acceptsGzip(request.headers['accept-encoding'])
  const etag = zipped ? `"${tile.digest}-gzip"` : `"${tile.digest}"`
  const headers = {
    etag,
    'cache-control': tile.isOutdated ? OUTDATED : cacheControl,
    vary: 'Authorization, Origin, Accept-Encoding',
    'x-chart-cells': nameCells(tile),
  }
  if (matchesEtag(request.headers['if-none-match'], etag)) return await reply.code(304).headers(headers).send()
  const content = await tile.content(signal)
  // Only a successful response has the headers that let caches keep it.
  if (content === null && empty === null) throw new AppError('TILE_EMPTY')
  reply.headers(headers)
  reply.type(tile.contentType)
  if (content === null) return await reply.send(empty)
  if (zipped) reply.header('content-encoding', 'gzip')
  // Unzipping takes longer than everything else, so there is nothing to gain from remembering such a response.
  if (!tile.isOutdated && (zipped || tile.encoding === 'identity')) repeated?.remember(request, reply, tile.recall)
  return await reply.send(zipped ? content.encoded : await content.plain())
}

/** `US5SAVCH 65.2, US4GA17M 37.0`: name, edition and update; of many cells only the first ones, and how many more there are. */
function nameCells({ cells }: Tile): string {
  const known = names.get(cells)
  if (known !== undefined) return known
  const named = cells.slice(0, MOST_NAMED).map(({ name, edition, update }) => `${name} ${edition}.${update}`)
  if (cells.length > MOST_NAMED) named.push(`and ${cells.length - MOST_NAMED} more`)
  const text = named.join(', ')
  names.set(cells, text)
  return text
}

/** Cache of a pure function, by the list of cells that tiles share while the charts stay the same. */
const names = new WeakMap<Tile['cells'], string>()
