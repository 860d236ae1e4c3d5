import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Accounts, createAccounts } from '#accounts/accounts.ts'
import { type Cells, createCells } from '#charts/cells/cells.ts'
import { createNoaaAgreement } from '#charts/refresh/noaa-agreement.ts'
import { createUploads, type Uploads } from '#charts/uploads/uploads.ts'
import type { Db } from '#db/database.ts'
import type { App } from '#http/base/app.ts'
import type { JobsService } from '#http/base/jobs-service.ts'
import type { ServerOptions } from '#http/server.ts'
import { createServer } from '#http/server.ts'
import type { JobRecord } from '#jobs/model/job-record.ts'
import { type Clock, systemClock } from '#lib/clock.ts'
import { newToken, sha256 } from '#lib/ids.ts'
import { silentLog } from '#lib/log.ts'
import type { Bathymetry } from '#reports/bathymetry/bathymetry.ts'
import type { UserReports } from '#reports/points/user-reports.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { createFolderStore } from '#storage/folder-store.ts'
import { createStyles, type Styles } from '#styles/styles.ts'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { createTestExports } from '#test/exports.ts'
import { createTestInstance } from '#test/instance.ts'
import { createTestReports } from '#test/reports.ts'
import { createTestTiles, type TestTiles } from '#test/tiles.ts'
import { createTestWebhooks } from '#test/webhooks.ts'

export interface Fixture {
  app: App
  accounts: Accounts
  db: Db
  uploads: Uploads
  cells: Cells
  tiles: TestTiles
  styles: Styles
  reports: UserReports
  bathymetry: Bathymetry
  /** `http://127.0.0.1:port` */
  origin: string
  /** Sends a request to the listening server; `token` goes into the Authorization header, `json` into the body. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>
  /** Bearer string of a session of the administrator `admin` with the password `admin`. */
  adminSession(): Promise<string>
  [Symbol.asyncDispose](): Promise<void>
}

export interface CallOptions {
  token?: string
  json?: unknown
  body?: string | Uint8Array<ArrayBuffer>
  headers?: Record<string, string>
}

export interface Answer {
  status: number
  headers: Headers
  text: string
  /** The parsed body; undefined when it is empty or not JSON. */
  body: unknown
}

export interface FixtureOptions extends Partial<Omit<ServerOptions, 'accounts' | 'tiles'>> {
  clock?: Clock
  secretKey?: Buffer
  /** A database and a storage that something else fills; they are not closed with the server. */
  charts?: { database: TestDatabase; storage: BlobStore }
  /** Default: a free one. */
  port?: number
  /** Of tiles in memory; default none. */
  tileMemoryBytes?: number
  /** Called before the server listens, to add routes. */
  prepare?(app: App): void
}

/** A real server on a port of 127.0.0.1, with its own database and the administrator of a first start. */
export async function startFixture(options: FixtureOptions = {}): Promise<Fixture> {
  const database = options.charts?.database ?? (await createTestDatabase())
  const log = options.log ?? silentLog()
  const accounts = createAccounts({
    db: database.db,
    clock: options.clock ?? systemClock,
    log,
    secretKey: options.secretKey ?? randomBytes(32),
  })
  await accounts.provision({ adminUsername: 'admin', adminPassword: 'admin', defaultToken: null })
  const { clock: _clock, secretKey: _key, charts, prepare, port = 0, tileMemoryBytes = 0, ...rest } = options
  const storage = createFolderStore(path.join(tmpdir(), 'chartroom-no-uploads'))
  const uploads = createUploads({ db: database.db, storage, userPermit: null })
  const cells = createCells({ db: database.db, storage })
  const tiles = await createTestTiles(database, {
    ...(charts !== undefined && { storage: charts.storage }),
    memoryBytes: tileMemoryBytes,
  })
  const styles = createStyles({ db: database.db, clock: options.clock ?? systemClock })
  const reported = createTestReports({ db: database.db, clock: options.clock })
  const app = createServer({
    accounts,
    jobs: createFakeJobs(),
    uploads,
    cells,
    tiles,
    styles,
    noaaAgreement: createNoaaAgreement(database.db),
    instance: createTestInstance({ db: database.db, storage: charts?.storage ?? storage }),
    exports: createTestExports({ db: database.db, storage: charts?.storage ?? storage, tiles }),
    ...reported.services,
    webhooks: createTestWebhooks(database.db),
    health: [],
    log,
    version: '0.0.0-test',
    ...rest,
  })
  prepare?.(app)
  await app.listen({ host: '127.0.0.1', port })
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`

  const call = async (method: string, path: string, { token, json, body, headers = {} }: CallOptions = {}): Promise<Answer> => {
    const all = new Headers(headers)
    if (token !== undefined) all.set('authorization', `Bearer ${token}`)
    if (json !== undefined) all.set('content-type', 'application/json')
    const sent = json === undefined ? body : JSON.stringify(json)
    const response = await fetch(origin + path, { method, headers: all, ...(sent === undefined ? {} : { body: sent }) })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, body: parse(text) }
  }

  return {
    app,
    accounts,
    db: database.db,
    uploads,
    cells,
    tiles,
    styles,
    ...reported.services,
    origin,
    call,
    async adminSession() {
      const login = await accounts.login({ username: 'admin', password: 'admin', clientAddress: '127.0.0.1' })
      return login.token.id
    },
    async [Symbol.asyncDispose]() {
      await app.close()
      await reported.close()
      await tiles.close()
      if (charts === undefined) await database.close()
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A user who is not an administrator, in a separate account unless one is given, with an API token. */
export async function addUser(
  { db, accounts }: Pick<Fixture, 'db' | 'accounts'>,
  username: string,
  accountId?: number,
): Promise<{ userId: number; accountId: number; token: string; session: string }> {
  const account =
    accountId ??
    (await db.insertInto('account').values({ name: username, plan_instance: 'oem' }).returning('id').executeTakeFirstOrThrow()).id
  const user = await db
    .insertInto('app_user')
    .values({ account_id: account, username, password_hash: '' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const session = newToken()
  await db
    .insertInto('auth_session')
    .values({ token_hash: sha256(session), user_id: user.id })
    .execute()
  const principal = await accounts.authenticate(session)
  const token = await accounts.tokens.create(principal, { name: `${username}'s token` })
  return { userId: user.id, accountId: account, token: token.id, session }
}

export interface FakeJobs extends JobsService {
  /** What `list` was asked, in order. */
  asked: Parameters<JobsService['list']>[0][]
  records: JobRecord[]
}

/** A job service in memory, for tests of only the HTTP layer. */
export function createFakeJobs(): FakeJobs {
  const asked: FakeJobs['asked'] = []
  const records: JobRecord[] = []
  return {
    asked,
    records,
    async list(query) {
      asked.push(Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)) as typeof query)
      return { jobs: records.slice(query.offset, query.offset + query.limit), total: records.length }
    },
    get: async (_visibility, id) => {
      const job = records.find((record) => record.id === id)
      if (job === undefined) return null
      const times = { startedAt: null, finishedAt: null, cancelRequestedAt: null }
      return { ...job, ...times, childJobIds: [], error: null, attempt: 0, waitingReason: null }
    },
    listSummaries: async () => ({ jobs: [], total: 0 }),
    counts: async () => ({ byState: { pending: 0, running: 0, completed: 0, failed: 0, cancelled: 0 }, byType: {}, total: 0 }),
    getSummary: async () => null,
    log: async () => null,
    cancel: async () => false,
    retry: async () => {},
    subscribe: () => () => {},
    create: async () => ({ jobId: '0199d5a0-0000-7000-8000-000000000001', jobState: 'pending' }),
    treeLogs: async () => new Map(),
    isAdministrative: () => false,
    creatableTypes: () => ['refresh-public-charts', 'clear-tiles', 'vacuum-analyze'],
    countActive: async () => records.filter((job) => job.jobState === 'pending' || job.jobState === 'running').length,
  }
}
