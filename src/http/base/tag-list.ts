import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { acceptsGzip } from './accepts-gzip.ts'
import { matchesEtag } from './matches-etag.ts'

/** From this size on `plugins/compress.ts` compresses JSON: smaller answers fit one packet anyway. */
export const SMALLEST_COMPRESSED = 1_024

/**
 * An `onSend` hook for lists that clients keep and revalidate: a strong ETag of the bytes, another one for gzip (RFC 9110, 8.8.3.3), and
 * 304 while they are the same.
 */
export async function tagList(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  if (reply.statusCode !== 200 || typeof payload !== 'string') return payload
  const isZipped = Buffer.byteLength(payload) >= SMALLEST_COMPRESSED && acceptsGzip(request.headers['accept-encoding'])
  const digest = createHash('sha256').update(payload).digest('hex').slice(0, 32)
  const etag = isZipped ? `"${digest}-gzip"` : `"${digest}"`
  reply.headers({ etag, 'cache-control': 'private, no-cache' })
  if (!matchesEtag(request.headers['if-none-match'], etag)) return payload
  reply.code(304)
  return null
}
