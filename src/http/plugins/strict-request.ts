import { AppError } from '#lib/errors.ts'
import type { App } from '../base/app.ts'
import { countHosts } from '../base/count-hosts.ts'

/** Refuses what RFC 9112 forbids and Node accepts: HTTP/0.9 (appendix A), and more than one `Host` (3.2). */
export function strictRequest(app: App): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { httpVersionMajor, rawHeaders } = request.raw
    if (httpVersionMajor < 1) done(new AppError('BAD_REQUEST', 'HTTP/0.9 is not accepted; send HTTP/1.1.'))
    else if (countHosts(rawHeaders) > 1) done(new AppError('BAD_REQUEST', 'The request has more than one Host header.'))
    else done()
  })
}
