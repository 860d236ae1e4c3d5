import type { Log } from '#lib/log.ts'
import type { App } from '../base/app.ts'

/** One debug line for each request, by route: the path itself may hold a token. */
export function requestLog(app: App, log: Log): void {
  app.addHook('onResponse', (request, reply, done) => {
    if (!log.isLevelEnabled('debug')) return done()
    const milliseconds = Math.round(reply.elapsedTime * 10) / 10
    request.log.debug(
      {
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        milliseconds,
        client: app.clients.addressOf(request.raw),
      },
      'request',
    )
    done()
  })
}
