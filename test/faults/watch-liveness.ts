import { Agent } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultServer } from './fault-server.ts'

/** Milliseconds within which `/health/live` answers, whatever clients do. */
const LIVE_MILLISECONDS = 100
const PAUSE_MILLISECONDS = 20

export interface Liveness {
  /** Ends the watch. @returns the longest answer, and the longest that the machine allows for. */
  stop(): Promise<{ worst: number; limit: number }>
}

/**
 * Requests `/health/live` all the time on its own connection. A busy machine delays any response, so the limit grows with the time that the
 * undisturbed server takes.
 */
export async function watchLiveness(server: FaultServer): Promise<Liveness> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask = async () =>
    await server.send('GET', '/health/live', { agent, token: null, timeout: 120_000 }).then(
      ({ status, milliseconds }) => (status === 200 ? milliseconds : Number.POSITIVE_INFINITY),
      () => Number.POSITIVE_INFINITY,
    )
  let calm = 0
  for (let i = 0; i < 50; i++) {
    calm = Math.max(calm, await ask())
    await sleep(PAUSE_MILLISECONDS)
  }
  let worst = 0
  let watching = true
  const watch = (async () => {
    while (watching) {
      worst = Math.max(worst, await ask())
      await sleep(PAUSE_MILLISECONDS)
    }
  })()
  return {
    async stop() {
      watching = false
      await watch
      agent.destroy()
      return { worst: Math.round(worst), limit: Math.round(Math.max(LIVE_MILLISECONDS, 2 * calm)) }
    },
  }
}
