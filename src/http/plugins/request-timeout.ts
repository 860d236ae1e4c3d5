import type { FastifyRequest } from 'fastify'
import type { App } from '../base/app.ts'
import { clientErrors } from './client-errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body may take as long as it takes, while it keeps coming: milliseconds of silence that end it. */
    bodySilence?: number
  }
}

/**
 * Ends requests whose bodies do not arrive in time. Node has one limit for all routes, and a gigabyte over a boat's link takes longer than
 * any limit that suits the others.
 */
export function requestTimeout(app: App, milliseconds: number): void {
  app.addHook('onRequest', (request, _reply, done) => {
    watch(request)
    done()
  })

  function watch(request: FastifyRequest): void {
    const { raw } = request
    if (raw.headers['content-length'] === undefined && raw.headers['transfer-encoding'] === undefined) return
    const silence = request.routeOptions.config.bodySilence
    const late = () =>
      clientErrors(Object.assign(new Error('the body is late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), raw.socket)
    let timer = setTimeout(late, silence ?? milliseconds)
    let isOver = false
    const end = () => {
      isOver = true
      clearTimeout(timer)
      raw.socket.off('close', end)
    }
    if (silence !== undefined) {
      raw.on('data', () => {
        clearTimeout(timer)
        // What is left of a refused body still flows after its end.
        if (!isOver) timer = setTimeout(late, silence)
      })
      // Listening would start the stream, which only the parser may do.
      raw.pause()
    }
    raw.once('end', end).once('close', end)
    // A body that is refused halfway neither ends nor closes until its connection does.
    raw.socket.once('close', end)
  }
}
