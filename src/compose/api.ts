import { statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import { createAccounts } from '#accounts/accounts.ts'
import { watchTokenChanges } from '#accounts/tokens/watch-token-changes.ts'
import { createNoaaAgreement } from '#charts/refresh/noaa-agreement.ts'
import type { Config } from '#config/config.ts'
import type { Database, Db } from '#db/database.ts'
import { whyUnavailable } from '#db/why-unavailable.ts'
import { WORK_LIMITS } from '#http/admission/admission.ts'
import type { App } from '#http/base/app.ts'
import { createOperationsServer } from '#http/operations-server.ts'
import type { ServerOptions } from '#http/server.ts'
import { createServer } from '#http/server.ts'
import { systemClock } from '#lib/clock.ts'
import { connectionLimit, descriptorLimit } from '#lib/descriptor-limit.ts'
import type { Log } from '#lib/log.ts'
import type { Metrics } from '#lib/metrics.ts'
import { VERSION } from '#lib/version.ts'
import { whyStorageUnusable } from '#storage/storage-unusable.ts'
import { provisionStyles } from '#styles/provision-styles.ts'
import { createStyles } from '#styles/styles.ts'
import { listenAt } from './listen-at.ts'

/** A limit below this deserves a warning. */
const FEW_DESCRIPTORS = 1_024

export type ApiParts = Pick<
  ServerOptions,
  'jobs' | 'uploads' | 'cells' | 'tiles' | 'reports' | 'bathymetry' | 'webhooks' | 'exports' | 'instance' | 'portal' | 'activity'
> & {
  log: Log
  metrics: Metrics
  secretKey: Buffer
}

/**
 * Starts the HTTP server: the whole API, or on a worker health and metrics only.
 *
 * @returns its URL without a final slash; null without a port.
 */
export async function composeApi(
  config: Config,
  database: Database,
  parts: ApiParts,
  closing: AsyncDisposableStack,
): Promise<string | null> {
  if (config.port === null) return null
  const { db } = database
  const health = [{ name: 'database', check: async () => void (await sql`select 1`.execute(db)) }]
  const { trustedProxies, publicUrl } = config
  const common = { trustedProxies, publicUrl, log: parts.log, metrics: parts.metrics, health, whyUnavailable: whyAnyUnavailable }
  const server =
    config.role === 'worker'
      ? createOperationsServer(common)
      : createServer({
          ...common,
          ...parts,
          // Warms the drawing threads up before the first client after a restart.
          health: [...health, { name: 'tiles', check: () => parts.tiles.warm() }],
          // Half of the drawing threads stay free for tiles.
          workLimits: { query: { ...WORK_LIMITS.query, concurrency: Math.max(1, config.tiles.threads >> 1) } },
          freeDiskBytes: () => freeBytes(config.dataDir),
          accounts: await openAccounts(config, database, parts, closing),
          styles: await openStyles(config, db, parts.log),
          noaaAgreement: createNoaaAgreement(db),
          version: VERSION,
        })
  closing.defer(() => server.close())
  limitConnections(server, parts)
  return await listenAt(server, config.host, config.port)
}

/** Why a request cannot be served now, in words for the client, when the database or the storage is the reason; else null. */
function whyAnyUnavailable(error: unknown): string | null {
  return whyUnavailable(error) ?? whyStorageUnusable(error)
}

/** Keeps connections from taking the descriptors that charts, tiles and the database need: with none left, every read fails. */
function limitConnections({ server }: App, { log, metrics }: Pick<ApiParts, 'log' | 'metrics'>): void {
  const descriptors = descriptorLimit()
  const limit = descriptors === null ? null : connectionLimit(descriptors)
  if (descriptors !== null && limit !== null) {
    server.maxConnections = limit
    if (descriptors < FEW_DESCRIPTORS) {
      log.warn(
        `this process may open only ${descriptors} files, so it accepts ${limit} connections: raise the limit (ulimit -n, or LimitNOFILE= of a service)`,
      )
    }
  }
  metrics.gauge(
    'chartroom_http_connections',
    'HTTP connections: open, and the most that are accepted (limit).',
    async () => {
      const open = await new Promise<number>((resolve, reject) =>
        server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
      )
      const counts = limit === null ? { open } : { open, limit }
      return Object.entries(counts).map(([state, value]) => ({ labels: { state }, value }))
    },
    ['state'],
  )
}

async function openAccounts(
  config: Config,
  { db, url }: Database,
  { log, secretKey }: Pick<ApiParts, 'log' | 'secretKey'>,
  closing: AsyncDisposableStack,
) {
  const accounts = createAccounts({ db, clock: systemClock, log, secretKey })
  await accounts.provision({
    adminUsername: config.initialAdmin.username,
    adminPassword: config.initialAdmin.password,
    defaultToken: config.provisioningDefaultToken,
  })
  const watch = watchTokenChanges({ url, log, onChange: () => accounts.forget() })
  closing.defer(() => watch.close())
  return accounts
}

/** After the accounts: provisioned styles belong to the first one. */
async function openStyles({ provisioning }: Config, db: Db, log: Log) {
  await provisionStyles({ db, clock: systemClock, log }, provisioning.folder, { expected: provisioning.isGiven })
  return createStyles({ db, clock: systemClock })
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
