import type { ClientActivity } from '#lib/client-activity.ts'
import type { App } from '../base/app.ts'

/** Requests of monitoring come whether anyone uses the server or not. */
const PROBES = /^\/(?:health\/|metrics(?:$|\?))/

/** Reports each request as it arrives, including those that Fastify never sees. */
export function noteRequests(app: App, activity: Pick<ClientActivity, 'arrived'>): void {
  app.server.prependListener('request', ({ url }, response) => {
    if (url !== undefined && PROBES.test(url)) return
    const answered = activity.arrived()
    response.once('finish', answered)
    // A client that leaves gets no answer.
    response.once('close', answered)
  })
}
