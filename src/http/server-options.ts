import type { Accounts } from '#accounts/accounts.ts'
import type { Cells } from '#charts/cells/cells.ts'
import type { Uploads } from '#charts/uploads/uploads.ts'
import type { Jobs } from '#jobs/jobs.ts'
import type { Log } from '#lib/log.ts'
import type { Metrics } from '#lib/metrics.ts'
import type { Tiles } from '#tiles/create-tiles.ts'
import type { EventStreamLimits } from './events/event-streams.ts'

/** What the HTTP surface needs of the job engine. */
export type JobsService = Pick<
  Jobs,
  'list' | 'get' | 'log' | 'treeLogs' | 'create' | 'creatableTypes' | 'countActive' | 'cancel' | 'retry' | 'subscribe'
>

/** One thing that readiness depends on. */
export interface HealthCheck {
  /** Its key in the answer, for example `database`. */
  name: string
  /** Resolves when it is well. Why it is not goes to the log, never into the answer. */
  check(): Promise<void>
}

export interface ServerOptions {
  accounts: Accounts
  jobs: JobsService
  uploads: Uploads
  cells: Cells
  tiles: Tiles
  health: readonly HealthCheck[]
  log: Log
  /** What `GET /metrics` answers; left out, only the server's own numbers. */
  metrics?: Metrics
  /** Of the product, for the index page and the API description. */
  version: string
  /** True for an error that passes by itself, such as an unreachable database: answered 503 instead of 500. */
  isUnavailable?: (error: unknown) => boolean
  /** Which proxies to believe about the client's address; none by default, or anyone could invent an address. */
  trustProxy?: boolean | string
  /** Milliseconds a client may take to send a whole request. Default 300,000. */
  requestTimeout?: number
  /** Milliseconds a readiness check may take. Default 3,000. */
  healthTimeout?: number
  /** How many event streams there may be, and how often they are looked after. */
  eventStreams?: EventStreamLimits
}
