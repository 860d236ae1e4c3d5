import type { ClientActivity } from '#lib/client-activity.ts'
import type { App } from '../base/app.ts'

/** Monitoring asks whether anyone is there or not. */
const PROBES = /^\/(?:health\/|metrics(?:$|\?))/

/** Tells of each request as it arrives, also of those that Fastify never sees. */
export function noteRequests(app: App, activity: Pick<ClientActivity, 'note'>): void {
  app.server.prependListener('request', ({ url }) => {
    if (url === undefined || !PROBES.test(url)) activity.note()
  })
}
