import type { Accounts } from '#accounts/accounts.ts'
import type { Uploads } from '#charts/uploads/uploads.ts'
import type { JobRecord, Visibility } from '#jobs/job-record.ts'
import type { Jobs } from '#jobs/jobs.ts'
import type { Log } from '#lib/log.ts'
import type { Metrics } from '#lib/metrics.ts'
import type { Tiles } from '#tiles/create-tiles.ts'

/** What the HTTP surface needs of the job service. */
export interface JobsService {
  list(query: {
    visibility: Visibility
    activeOnly: boolean
    limit: number
    offset: number
  }): Promise<{ jobs: JobRecord[]; total: number }>
  /** @throws AppError JOB_TYPE_ACTIVE (409) */
  create: Jobs['create']
  treeLogs: Jobs['treeLogs']
  /** Job types that may be started through the API. */
  creatableTypes(): string[]
  /** Jobs pending or running. */
  countActive(visibility: Visibility): Promise<number>
}

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
}
