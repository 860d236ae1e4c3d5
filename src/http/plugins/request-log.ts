import type { App } from '../app.ts'

/** One debug line for each request, by route: the path itself may hold a token. */
export function requestLog(app: App): void {
  app.addHook('onResponse', (request, reply, done) => {
    const milliseconds = Math.round(reply.elapsedTime * 10) / 10
    request.log.debug(
      { method: request.method, route: request.routeOptions.url, status: reply.statusCode, milliseconds },
      'request',
    )
    done()
  })
}
