import { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { constants, createGzip, gzip, gzipSync } from 'node:zlib'
import { acceptsGzip } from '../base/accepts-gzip.ts'
import type { App } from '../base/app.ts'
import { SMALLEST_COMPRESSED } from '../base/tag-list.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * False for responses that are never compressed here: those that contain a token, because their length would reveal it to an
     * attacker who can add text to them (BREACH), and those that compress themselves.
     */
    compress?: boolean
  }
}

/** Responses are made for a single reader, so speed counts more than the last tenth of the size. */
const OPTIONS = { level: constants.Z_BEST_SPEED }

/** Synchronous, because it takes a tenth of a millisecond; in a thread it would wait behind whatever is being written to disk. */
const QUICK_BYTES = 64 * 1024

const inThread = promisify<Buffer | string, typeof OPTIONS, Buffer>(gzip)

/** Compresses JSON answers with gzip for clients that accept it (RFC 9110, 12.5.3). */
export function compress(app: App): void {
  app.addHook('onRoute', (route) => {
    if (route.config?.compress === false || route.config?.endless === true) return
    const others = route.onSend === undefined ? [] : [route.onSend].flat()
    route.onSend = [
      ...others,
      async (request, reply, payload) => {
        if (!isJson(reply.getHeader('content-type')) || reply.hasHeader('content-encoding')) return payload
        reply.header('vary', addToVary(reply.getHeader('vary')))
        if (!acceptsGzip(request.headers['accept-encoding'])) return payload
        if (payload instanceof Readable) {
          reply.header('content-encoding', 'gzip').removeHeader('content-length')
          return payload.pipe(createGzip(OPTIONS))
        }
        if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload
        const bytes = Buffer.byteLength(payload)
        if (bytes < SMALLEST_COMPRESSED) return payload
        const body = bytes <= QUICK_BYTES ? gzipSync(payload, OPTIONS) : await inThread(payload, OPTIONS)
        reply.header('content-encoding', 'gzip').header('content-length', body.length)
        return body
      },
    ]
  })
}

function isJson(type: unknown): boolean {
  return typeof type === 'string' && /^application\/(problem\+)?json\b/.test(type)
}

function addToVary(vary: unknown): string {
  const known = typeof vary === 'string' ? vary : ''
  if (/accept-encoding/i.test(known)) return known
  return known === '' ? 'Accept-Encoding' : `${known}, Accept-Encoding`
}
