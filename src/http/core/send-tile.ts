import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Tile } from '#tiles/tile-service.ts'

const MOST_NAMED = 60
const MOST_REMEMBERED = 100

/** A signal that aborts when the client has gone. */
export function goneSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort(new Error('the client has gone'))
  })
  return controller.signal
}

/**
 * Answers with a tile: a strong ETag for each encoding (RFC 9110, 8.8.3.3), 304 when the client has it, gzip when it takes that.
 *
 * @param whenEmpty answers when there is nothing in it; gets the headers of a good answer.
 */
export async function sendTile(
  request: FastifyRequest,
  reply: FastifyReply,
  tile: Tile,
  signal: AbortSignal,
  { whenEmpty }: { whenEmpty(headers: Record<string, string>): unknown },
): Promise<unknown> {
  const zipped = tile.encoding === 'gzip' && takesGzip(request.headers['accept-encoding'])
  const etag = zipped ? `"${tile.digest}-gzip"` : `"${tile.digest}"`
  const headers = {
    etag,
    'cache-control': 'private, max-age=60',
    vary: 'Authorization, Origin, Accept-Encoding',
    'x-chart-cells': nameCells(tile),
  }
  if (matches(request.headers['if-none-match'], etag)) return await reply.code(304).headers(headers).send()
  const content = await tile.content(signal)
  // Only now: an error must not be kept by anyone.
  if (content === null) return whenEmpty(headers)
  reply.headers(headers)
  reply.type(tile.contentType)
  if (!zipped) return await reply.send(await content.plain())
  return await reply.header('content-encoding', 'gzip').send(content.encoded)
}

/** `US5SAVCH 65.2, US4GA17M 37.0`: name, edition and update; of many cells the first, and how many more. */
function nameCells({ cells }: Tile): string {
  const known = names.get(cells)
  if (known !== undefined) return known
  const named = cells.slice(0, MOST_NAMED).map(({ name, edition, update }) => `${name} ${edition}.${update}`)
  if (cells.length > MOST_NAMED) named.push(`and ${cells.length - MOST_NAMED} more`)
  const text = named.join(', ')
  names.set(cells, text)
  return text
}

/** By the list of cells, which a tile keeps while the charts stay the same. */
const names = new WeakMap<Tile['cells'], string>()

/** Accept-Encoding (RFC 9110, 12.5.3). */
function takesGzip(header: string | undefined): boolean {
  if (header === undefined) return false
  const known = gzipTaken.get(header)
  if (known !== undefined) return known
  const weights = new Map<string, number>()
  for (const part of header.toLowerCase().split(',')) {
    const [coding, ...parameters] = part.split(';').map((text) => text.trim())
    const quality = parameters.find((text) => text.startsWith('q='))?.slice(2)
    if (coding) weights.set(coding, quality === undefined ? 1 : Number(quality))
  }
  const taken = (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0
  if (gzipTaken.size < MOST_REMEMBERED) gzipTaken.set(header, taken)
  return taken
}

/** A client says the same with each of its hundreds of tiles. Whoever invents headers fills the list, and nothing more. */
const gzipTaken = new Map<string, boolean>()

/** If-None-Match (RFC 9110, 13.1.2): compared weakly. */
function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header
    .split(',')
    .map((text) => text.trim().replace(/^W\//, ''))
    .some((text) => text === '*' || text === etag)
}
