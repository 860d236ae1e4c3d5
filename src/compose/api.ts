import { sql } from 'kysely'
import { createAccounts } from '#accounts/accounts.ts'
import { loadSecretKey } from '#accounts/secrets/secret-key.ts'
import type { Config } from '#config/config.ts'
import type { Db } from '#db/database.ts'
import { whyUnavailable } from '#db/why-unavailable.ts'
import type { App } from '#http/base/app.ts'
import { createOperationsServer } from '#http/operations-server.ts'
import type { ServerOptions } from '#http/server.ts'
import { createServer } from '#http/server.ts'
import { systemClock } from '#lib/clock.ts'
import { codeOf } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import type { Metrics } from '#lib/metrics.ts'
import { VERSION } from '#lib/version.ts'

export type ApiParts = Pick<ServerOptions, 'jobs' | 'uploads' | 'cells' | 'tiles'> & { log: Log; metrics: Metrics }

/**
 * Starts the HTTP server: the whole API, or on a worker health and metrics only.
 *
 * @returns its URL without a final slash; null without a port.
 */
export async function composeApi(config: Config, db: Db, parts: ApiParts, closing: AsyncDisposableStack): Promise<string | null> {
  if (config.port === null) return null
  const health = [{ name: 'database', check: async () => void (await sql`select 1`.execute(db)) }]
  const common = { log: parts.log, metrics: parts.metrics, health, whyUnavailable }
  const server =
    config.role === 'worker'
      ? createOperationsServer(common)
      : createServer({ ...common, ...parts, accounts: await openAccounts(config, db, parts.log), version: VERSION })
  closing.defer(() => server.close())
  return await listenAt(server, config.host, config.port)
}

async function openAccounts(config: Config, db: Db, log: Log) {
  const accounts = createAccounts({ db, clock: systemClock, log, secretKey: await loadSecretKey(config.dataDir) })
  await accounts.provision({
    adminUsername: config.initialAdmin.username,
    adminPassword: config.initialAdmin.password,
    defaultToken: config.provisioningDefaultToken,
  })
  return accounts
}

async function listenAt(server: App, host: string, port: number): Promise<string> {
  await server.listen({ host, port }).catch((error: unknown) => {
    throw explainListenError(error, host, port)
  })
  return `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host}:${port}`
}

function explainListenError(error: unknown, host: string, port: number): unknown {
  const code = codeOf(error)
  if (code === 'EADDRINUSE') return new Error(`port ${port} is already in use on ${host}: stop what listens there, or set PORT`)
  if (code === 'EACCES') return new Error(`port ${port} may not be opened by this user: set PORT to one above 1023`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return new Error(`HOST ${host} is not an address of this machine`)
  return error
}
