import type { Metrics } from '#lib/metrics.ts'
import type { App } from '../base/app.ts'
import { BusyError } from './busy-error.ts'
import { createWorkGate, type GateLimits } from './work-gate.ts'

/** Kinds of requests that could starve each other. Other requests cost little and are not limited. */
const WORK_KINDS = ['query', 'tile', 'list', 'upload'] as const
export type WorkKind = (typeof WORK_KINDS)[number]
export type WorkLimits = Record<WorkKind, GateLimits>

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route costs; see `admission`. */
    work?: WorkKind
  }
}

/** Tiles and lists wait for their own queues further in: these limits only bound what can pile up. */
export const WORK_LIMITS: WorkLimits = {
  query: { concurrency: 1, waiting: 64, waitingPerClient: 16, waitMilliseconds: 20_000 },
  tile: { concurrency: 512, waiting: 2_048, waitingPerClient: 512, waitMilliseconds: 20_000 },
  list: { concurrency: 32, waiting: 512, waitingPerClient: 128, waitMilliseconds: 10_000 },
  upload: { concurrency: 16, waiting: 32, waitingPerClient: 8, waitMilliseconds: 20_000 },
}

/**
 * Admits requests by their cost: each kind of work has its own limit, and clients (by token or address) take turns. A request
 * that cannot wait is refused: 429 when its client has too many waiting, otherwise 503.
 *
 * To be called after `auth`. A request with a free place costs a counter and a listener.
 */
export function admission(
  app: App,
  { limits = {}, metrics }: { limits?: Partial<WorkLimits> | undefined; metrics: Metrics },
): void {
  const kinds = WORK_KINDS.map((kind) => [kind, createWorkGate(limits[kind] ?? WORK_LIMITS[kind])] as const)
  const gates = new Map(kinds)

  app.addHook('onRequest', (request, reply, done) => {
    const { work } = request.routeOptions.config
    const gate = work === undefined ? undefined : gates.get(work)
    if (gate === undefined) return done()
    // The client left while its token was looked up: `close`, which would free the place, has already been emitted.
    if (reply.raw.destroyed) return
    if (gate.tryEnter()) {
      reply.raw.on('close', gate.leave)
      return done()
    }
    const client = request.principal?.tokenHash.toString('latin1') ?? app.clients.addressOf(request.raw)
    const giveUp = gate.wait(client, (refusal) => {
      if (refusal !== null) return done(new BusyError(refusal))
      reply.raw.off('close', giveUp)
      if (reply.raw.destroyed) gate.leave()
      else reply.raw.on('close', gate.leave)
      done()
    })
    reply.raw.on('close', giveUp)
  })

  metrics.gauge(
    'chartroom_http_work',
    'Requests by kind of work: admitted (running), and those that wait for a place (waiting).',
    () => kinds.flatMap(([kind, { load }]) => Object.entries(load).map(([state, value]) => ({ labels: { kind, state }, value }))),
    ['kind', 'state'],
  )
}
