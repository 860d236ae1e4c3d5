import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { acceptsGzip } from './accepts-gzip.ts'
import { matchesEtag } from './matches-etag.ts'

/** An answer that clients may keep. */
export interface CachedAnswer {
  contentType: string
  cacheControl: string
  /** Of the content, in hexadecimal. */
  digest: string
  content(): Promise<Buffer>
  /** The content with gzip; null when it is not worth it, as for pictures. */
  zipped: (() => Promise<Buffer>) | null
  /** Names of request headers that change the answer, besides `Accept-Encoding`. */
  vary?: string
}

const compressed = promisify<Buffer, { level: number }, Buffer>(gzip)

/** Gzip at a speed that suits an answer made on request. */
export function zip(content: Buffer): Promise<Buffer> {
  return compressed(content, { level: constants.Z_BEST_SPEED })
}

/** Answers with a strong ETag for each encoding (RFC 9110, 8.8.3.3), 304 when the client has it, and gzip when it takes that. */
export async function sendCached(request: FastifyRequest, reply: FastifyReply, answer: CachedAnswer): Promise<unknown> {
  const { zipped } = answer
  const useZip = zipped !== null && acceptsGzip(request.headers['accept-encoding'])
  const etag = useZip ? `"${answer.digest}-gzip"` : `"${answer.digest}"`
  const vary = [answer.vary, zipped === null ? undefined : 'Accept-Encoding'].filter((name) => name !== undefined)
  const headers = {
    etag,
    'cache-control': answer.cacheControl,
    ...(vary.length > 0 && { vary: vary.join(', ') }),
  }
  if (matchesEtag(request.headers['if-none-match'], etag)) return await reply.code(304).headers(headers).send()
  const body = useZip ? await zipped() : await answer.content()
  reply.headers(headers).type(answer.contentType)
  if (useZip) reply.header('content-encoding', 'gzip')
  return await reply.send(body)
}
