import { isUtf8 } from 'node:buffer'
import type { FastifyRequest } from 'fastify'
import { AppError, invalidField } from '#lib/errors.ts'
import type { App } from '../base/app.ts'
import { findUnstorableText } from './find-unstorable-text.ts'

/** An escaped NUL or surrogate; a pair of surrogates is a valid character, so a match is only a reason to look closer. */
const SUSPICIOUS_ESCAPE = /\\u(0000|d[89a-f])/i
const LONGEST_POINTER = 200
/** RFC 9110, 8.3.1, as strict as Fastify: type and subtype, then parameters or nothing. */
const MEDIA_TYPE = /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(;|$)/

type Done = (error: Error | null, body?: unknown) => void

/**
 * Bodies are JSON in UTF-8 (RFC 8259, 8.1), without the character NUL and without unpaired surrogates. An empty body counts
 * as none, regardless of its content type: many clients send one with each POST request.
 */
export function jsonBody(app: App): void {
  app.removeAllContentTypeParsers()
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.length === 0) return done(null, undefined)
    if (!isUtf8(body)) return done(new AppError('INVALID_JSON', 'The request body is not valid JSON: it is not in UTF-8.'))
    const text = body.toString('utf8')
    if (!SUSPICIOUS_ESCAPE.test(text)) return void parse(request, text, done)
    return void parse(request, text, (error: Error | null, value?: unknown) => {
      const pointer = error === null ? findUnstorableText(value) : null
      if (pointer === null) done(error, value)
      else done(unstorable(pointer))
    })
  })
  app.addContentTypeParser('*', emptyBody)
  // Fastify refuses an invalid media type before it looks for a body, so an empty body loses its type, and an invalid type becomes "bytes".
  app.addHook('onRequest', (request, _reply, done) => {
    const { headers } = request.raw
    const type = headers['content-type']
    if (type !== undefined && headers['content-length'] === '0') delete headers['content-type']
    else if (type !== undefined && !MEDIA_TYPE.test(type)) headers['content-type'] = 'application/octet-stream'
    done()
  })
}

/** Takes an empty body of any other type, and refuses one with content as soon as there is some. */
function emptyBody(request: FastifyRequest, payload: NodeJS.ReadableStream, done: Done): void {
  const refuse = () => done(new AppError('UNSUPPORTED_MEDIA_TYPE'))
  const length = request.headers['content-length']
  if (length !== undefined) {
    if (length === '0') done(null, undefined)
    else refuse()
    return
  }
  const settle = (error: Error | null) => {
    payload.off('data', onData).off('end', onEnd).off('error', settle)
    if (error === null) done(null, undefined)
    else done(error)
  }
  const onData = () => {
    payload.pause()
    settle(new AppError('UNSUPPORTED_MEDIA_TYPE'))
  }
  const onEnd = () => settle(null)
  payload.on('data', onData).once('end', onEnd).once('error', settle)
}

function unstorable(pointer: string): AppError {
  return invalidField('body', pointer.slice(0, LONGEST_POINTER), 'must not hold the character NUL or an unpaired surrogate')
}
