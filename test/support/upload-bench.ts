import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Accounts, createAccounts } from '#accounts/accounts.ts'
import { createTokenCipher } from '#accounts/secrets/token-cipher.ts'
import { createCells } from '#charts/cells/cells.ts'
import type { VisibleCell } from '#charts/cells/list-cells.ts'
import type { SignatureRules } from '#charts/reading/cell-opening.ts'
import { createCellReader } from '#charts/reading/cell-reader.ts'
import { createSharedCellReader } from '#charts/reading/shared-cell-reader.ts'
import { createNoaaAgreement } from '#charts/refresh/noaa-agreement.ts'
import type { CellAfterDeletion } from '#charts/uploads/preview-deletion.ts'
import { createS63, type S63 } from '#charts/uploads/s63.ts'
import type { CellReport, UploadRecord } from '#charts/uploads/upload-record.ts'
import { createUploads } from '#charts/uploads/uploads.ts'
import type { Problem } from '#http/base/problem.ts'
import { createServer } from '#http/server.ts'
import type { Jobs } from '#jobs/jobs.ts'
import type { JobLogLine } from '#jobs/model/job-record.ts'
import { systemClock } from '#lib/clock.ts'
import { newToken, sha256 } from '#lib/ids.ts'
import { silentLog } from '#lib/log.ts'
import type { Standard } from '#s57/cell.ts'
import type { Identity } from '#s63/user-permit.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { createFolderStore } from '#storage/folder-store.ts'
import { createStyles } from '#styles/styles.ts'
import { deleteUpload } from '#tasks/delete-upload.ts'
import { indexCustomEncs } from '#tasks/index-custom-encs.ts'
import { recompileCells } from '#tasks/recompile-cells.ts'
import { userUpload } from '#tasks/user-upload.ts'
import { createTestInstance } from '#test/instance.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { createTestExports } from './exports.ts'
import { startTestJobs } from './jobs.ts'
import { createTestReports } from './reports.ts'
import { createTestTiles, type TestTiles, unusedTiles } from './tiles.ts'
import { createTestWebhooks } from './webhooks.ts'

export type ShownUpload = UploadRecord & { logs: JobLogLine[] }

/** The answer to an upload: the record, or a problem. */
export interface SentAnswer {
  upload: { id: number; filename: string; fileSize: number; status: string }
  status?: number
  code?: string
  detail?: string
}

export interface UploadBench {
  database: TestDatabase
  storage: BlobStore
  jobs: Jobs
  accounts: Accounts
  /** Resolves when tiles and queries show the visible version of a cell. Needs the option `tiles`. */
  untilDrawn(name: string): Promise<void>
  /** `http://127.0.0.1:port` */
  origin: string
  /** Session of the administrator, in account 1. */
  admin: string
  /** Creates a user in a new account. @returns the session. */
  addUser(name: string): Promise<string>
  /** GET, POST or DELETE below `/api`, with the administrator's session unless another is given. */
  call<T = Problem>(
    method: string,
    path: string,
    options?: { token?: string },
  ): Promise<{ status: number; body: T; headers: Headers }>
  /** Sends a file as a browser does. */
  send(
    filename: string,
    content: Uint8Array,
    options?: { token?: string; path?: string },
  ): Promise<{ status: number; body: SentAnswer }>
  /** Sends a file, which must be accepted. @returns the upload when its job has ended. */
  upload(filename: string, content: Uint8Array, options?: { token?: string }): Promise<ShownUpload>
  /** Resolves when the jobs of an upload have ended. */
  ended(id: number, options?: { token?: string }): Promise<ShownUpload>
  /** Deletes an upload and waits for the deletion job. */
  remove(id: number, options?: { token?: string }): Promise<void>
  /** The reports on an upload's cells, by name. */
  reports(id: number, options?: { token?: string }): Promise<Record<string, CellReport>>
  /** `NAME edition.update` of every cell that the caller sees. */
  visible(options?: { token?: string }): Promise<string[]>
  [Symbol.asyncDispose](): Promise<void>
}

export interface UploadBenchOptions {
  limit?: number
  /** Whether the server draws tiles and answers queries of features. */
  tiles?: boolean
  identity?: Identity
  /** Wraps the storage of the server. */
  wrapStorage?(storage: BlobStore): BlobStore
  /** How signatures of S-100 exchange sets are treated; as warnings, without an authority, unless given. */
  signatureRules?: SignatureRules
  /** Which of two twins is drawn. */
  preferStandard?: Standard
  /** The authorities that certify data servers. */
  authorities?: { name: string; bytes: Uint8Array }[]
  /** Wraps the S-63 service, which checks no signatures. */
  wrapS63?(s63: S63): S63
}

/** The real server, engine, database and storage for tests of uploads; disposing it removes them. */
export async function createUploadBench(options: UploadBenchOptions = {}): Promise<UploadBench> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-uploads-'))
  const database = await createTestDatabase()
  const { db } = database
  const log = silentLog()
  const clock = systemClock
  const plain = createFolderStore(path.join(folder, 'blobs'))
  const storage = options.wrapStorage?.(plain) ?? plain
  const accounts = createAccounts({ db, clock, log, secretKey: Buffer.alloc(32, 7) })
  await accounts.provision({ adminUsername: 'admin', adminPassword: 'admin', defaultToken: null })
  const reader = createSharedCellReader(() => createCellReader({ threads: 2 }))
  // Keeps the threads running: starting them again takes longer than an upload's work.
  const closing = Promise.withResolvers<void>()
  const running = reader.use(() => closing.promise)
  const preference = options.preferStandard === undefined ? {} : { preferStandard: options.preferStandard }
  const { identity, signatureRules = { policy: 'warn', authorities: [] } } = options
  const s63 = identity === undefined ? null : s63Of(identity, options)
  const jobs: Jobs = await startTestJobs(database, [
    userUpload({ db, storage, reader, s63, signatureRules }),
    indexCustomEncs({ db, storage, reader, s63, signatureRules, workers: 2 }),
    recompileCells({ db, storage, clock, reader, s63, signatureRules, workers: 2 }),
    deleteUpload({ db, storage, reader, clock, s63, signatureRules, cancel: (id, reason) => jobs.cancel(id, reason) }),
  ])
  const tiles: TestTiles | null = options.tiles === true ? await createTestTiles(database, { storage, ...preference }) : null
  const { limit } = options
  const uploads = createUploads({
    db,
    storage,
    userPermit: s63?.userPermit ?? null,
    ...(limit === undefined ? {} : { limit }),
    ...preference,
  })
  const app = createServer({
    accounts,
    jobs,
    uploads,
    cells: createCells({ db, storage }),
    tiles: tiles ?? unusedTiles(),
    styles: createStyles({ db, clock: systemClock }),
    noaaAgreement: createNoaaAgreement(db),
    exports: createTestExports({ db, storage, tiles: tiles ?? unusedTiles() }),
    instance: createTestInstance({ db, storage }),
    ...createTestReports({ db }).services,
    webhooks: createTestWebhooks(db),
    health: [],
    log,
    version: '0.0.0-test',
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const { token } = await accounts.login({ username: 'admin', password: 'admin', clientAddress: '127.0.0.1' })
  const admin = token.id

  const bench: UploadBench = {
    database,
    storage,
    jobs,
    accounts,
    origin,
    admin,
    async untilDrawn(name) {
      if (tiles === null) throw new Error('this server draws no tiles')
      const row = await db.selectFrom('cell').select('compiled_key').where('name', '=', name).executeTakeFirstOrThrow()
      await tiles.charts.until(({ cells }) => cells.some((cell) => cell.compiledKey === row.compiled_key))
    },
    async addUser(name) {
      const account = await db.insertInto('account').values({ name }).returning('id').executeTakeFirstOrThrow()
      const values = { account_id: account.id, username: name, password_hash: '' }
      const user = await db.insertInto('app_user').values(values).returning('id').executeTakeFirstOrThrow()
      const session = newToken()
      await db
        .insertInto('auth_session')
        .values({ token_hash: sha256(session), user_id: user.id })
        .execute()
      return session
    },
    async call<T>(method: string, where: string, { token = admin }: { token?: string } = {}) {
      const answer = await fetch(`${origin}/api${where}`, { method, headers: { authorization: `Bearer ${token}` } })
      const text = await answer.text()
      const body = answer.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text
      return { status: answer.status, body: body as T, headers: answer.headers }
    },
    async send(filename, content, { token = admin, path: where = '/portal/v1/charts/upload' } = {}) {
      const form = new FormData()
      form.append('file', new Blob([content as Uint8Array<ArrayBuffer>]), filename)
      const headers = { authorization: `Bearer ${token}` }
      const answer = await fetch(`${origin}/api${where}`, { method: 'POST', body: form, headers })
      return { status: answer.status, body: (await answer.json()) as SentAnswer }
    },
    async upload(filename, content, options) {
      const sent = await bench.send(filename, content, options)
      assert.equal(sent.status, 200, JSON.stringify(sent.body))
      return await bench.ended(sent.body.upload.id, options)
    },
    async ended(id, options) {
      for (const deadline = performance.now() + 60_000; ; ) {
        const { body } = await bench.call<{ upload: ShownUpload }>('GET', `/portal/v1/charts/uploads/${id}`, options)
        if (['succeeded', 'failed', 'cancelled'].includes(body.upload.status)) return body.upload
        if (performance.now() > deadline) throw new Error(`upload ${id} did not end: ${JSON.stringify(body)}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    async remove(id, options) {
      const foretold = await bench.call<{ cells: CellAfterDeletion[] }>(
        'GET',
        `/portal/v1/charts/uploads/${id}/deletion`,
        options,
      )
      const before = await ownCells(bench, options)
      const { status, body } = await bench.call('DELETE', `/portal/v1/charts/uploads/${id}`, options)
      assert.equal(status, 200, JSON.stringify(body))
      for (const deadline = performance.now() + 60_000; ; ) {
        const row = await db.selectFrom('upload').select('id').where('id', '=', id).executeTakeFirst()
        // The job deletes the row before it settles.
        const job = await db
          .selectFrom('job')
          .select('id')
          .where('job_type', '=', 'delete-upload')
          .where('job_state', 'in', ['pending', 'running'])
          .executeTakeFirst()
        if (row === undefined && job === undefined) {
          if (foretold.status === 200) assertAsForetold(foretold.body.cells, before, await ownCells(bench, options))
          return
        }
        if (performance.now() > deadline) throw new Error(`upload ${id} was not deleted`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    async reports(id, options) {
      const { body } = await bench.call<{ cells: CellReport[] }>('GET', `/portal/v1/charts/uploads/${id}/cells`, options)
      return Object.fromEntries(body.cells.map((cell) => [cell.name, cell]))
    },
    async visible(options) {
      const { body } = await bench.call<{ cells: VisibleCell[] }>('GET', '/portal/v1/charts/cells', options)
      return body.cells.map((cell) => `${cell.name} ${cell.edition}.${cell.update}`)
    },
    async [Symbol.asyncDispose]() {
      await app.close()
      await tiles?.close()
      await jobs.close(5_000)
      closing.resolve()
      await running
      await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return bench
}

function s63Of(identity: Identity, { authorities = [], wrapS63 }: UploadBenchOptions): S63 {
  const s63 = createS63({ identity, signatures: 'off', authorities, cipher: createTokenCipher(Buffer.alloc(32, 7)) })
  return wrapS63?.(s63) ?? s63
}

/** All cells that a caller sees, of one name the account's own, as `upload 3` or `public` with edition and update. */
async function ownCells(bench: Pick<UploadBench, 'call'>, options?: { token?: string }): Promise<Map<string, string>> {
  const { body } = await bench.call<{ cells: VisibleCell[] }>('GET', '/portal/v1/charts/cells?limit=1000', options)
  const seen = new Map<string, string>()
  for (const { name, uploadId, edition, update } of body.cells) {
    if (!seen.has(name)) seen.set(name, `${uploadId === null ? 'public' : `upload ${uploadId}`} ${edition}.${update}`)
  }
  return seen
}

/** The preview of a deletion says exactly what the deletion did. */
function assertAsForetold(
  foretold: readonly CellAfterDeletion[],
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): void {
  for (const { name, after: what, uploadId } of foretold) {
    const shown = after.get(name)?.replace(/ [\d.]+$/, '') ?? null
    assert.equal(
      shown,
      what === 'removed' ? null : what === 'public' ? 'public' : `upload ${uploadId}`,
      `${name} after the deletion`,
    )
  }
  const named = new Set(foretold.map(({ name }) => name))
  const rest = (cells: ReadonlyMap<string, string>) => [...cells].filter(([name]) => !named.has(name))
  assert.deepEqual(rest(after), rest(before), 'cells that the preview does not name stay as they are')
}
