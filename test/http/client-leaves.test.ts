import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { type ClientRequest, request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { pino } from 'pino'
import { createUploads } from '#charts/uploads/uploads.ts'
import { demoCells } from '#demo/demo-cells.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { createFolderStore } from '#storage/folder-store.ts'
import { prepareCell, showCell } from '#test/chart-cells.ts'
import { createTestDatabase } from '#test/database.ts'
import { startTestJobs } from '#test/jobs.ts'
import { openEvents } from '#test/server-sent-events.ts'
import { startFixture } from './server-fixture.ts'

// A client that closes its connection early is not a fault: nothing may be logged at warn or above.

/** In the middle of the harbour cell XX5DEMOA, at 34.9575 W 42.9475 N. */
const HARBOUR_TILE = '/api/v2/tiles/enc-v2/14/6601/6023.mvt'
const lines: { level: number; msg: string }[] = []
const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]) })
const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-client-leaves-'))

/** While it is set, reads of the storage report here and wait. */
let gate: { reached(): void; opened: Promise<void> } | null = null
const store = createFolderStore(folder)
const wait = async () => {
  gate?.reached()
  await gate?.opened
}
const storage: BlobStore = {
  ...store,
  read: async (key) => {
    await wait()
    return await store.read(key)
  },
  withFile: async (key, work) => {
    await wait()
    return await store.withFile(key, work)
  },
}

const database = await createTestDatabase()
const engine = await startTestJobs(database, [])
let unsubscribed = Promise.withResolvers<void>()
let failed = Promise.withResolvers<void>()
const fixture = await startFixture({
  log,
  charts: { database, storage },
  uploads: createUploads({ db: database.db, storage, userPermit: null }),
  jobs: {
    ...engine,
    subscribe(listener) {
      const stop = engine.subscribe(listener)
      return () => {
        stop()
        unsubscribed.resolve()
      }
    },
  },
  prepare(app) {
    app.addHook('onError', async () => failed.resolve())
  },
})
after(async () => {
  await fixture[Symbol.asyncDispose]()
  await engine.close(5_000)
  await database.close()
  await rm(folder, { recursive: true, force: true })
})
const token = await fixture.adminSession()

function send(method: string, url: string, headers: Record<string, string> = {}): ClientRequest {
  const sent = request(fixture.origin + url, {
    method,
    agent: false,
    headers: { authorization: `Bearer ${token}`, ...headers },
  })
  // Destroying a request makes it fail on this side.
  sent.on('error', () => {})
  return sent
}

function begin(): void {
  lines.length = 0
  failed = Promise.withResolvers()
  unsubscribed = Promise.withResolvers()
}

/** The answer of a later request comes after everything that the failed one has logged. */
async function assertQuiet(): Promise<void> {
  assert.equal((await fixture.call('GET', '/health/live')).status, 200)
  assert.deepEqual(
    lines.filter(({ level }) => level >= pino.levels.values['warn']!),
    [],
  )
}

test('a client that leaves while its tile is drawn is not logged as a failure', async () => {
  for (const { files } of demoCells()) await showCell(fixture.db, fixture.tiles, prepareCell(files))
  begin()
  const reached = Promise.withResolvers<void>()
  const open = Promise.withResolvers<void>()
  gate = { reached: reached.resolve, opened: open.promise }
  const sent = send('GET', HARBOUR_TILE)
  sent.end()
  await reached.promise
  sent.destroy()
  await failed.promise
  open.resolve()
  gate = null
  await assertQuiet()
})

test('a client that leaves while its list is read is not logged as a failure', async () => {
  begin()
  const blocked = Promise.withResolvers<void>()
  const locked = Promise.withResolvers<void>()
  const lock = database.db.transaction().execute(async (trx) => {
    await sql`lock table job in access exclusive mode`.execute(trx)
    locked.resolve()
    await blocked.promise
  })
  await locked.promise
  const sent = send('GET', '/api/portal/v1/jobs')
  sent.end()
  await statementWaits()
  sent.destroy()
  await failed.promise
  blocked.resolve()
  await lock
  await assertQuiet()
})

test('a client that leaves in the middle of an upload is not logged as a failure', async () => {
  begin()
  const sent = send('POST', '/api/portal/v1/charts/upload', { 'content-type': 'multipart/form-data; boundary=x' })
  sent.write('--x\r\ncontent-disposition: form-data; name="file"; filename="US5SAVCH.000"\r\n\r\n')
  const piece = Buffer.alloc(65_536, 1)
  // The server takes the file as it comes, so a second piece is accepted only when the first was read.
  for (let i = 0; i < 64; i++) {
    if (!sent.write(piece)) await new Promise((resolve) => sent.once('drain', resolve))
  }
  sent.destroy()
  await failed.promise
  await assertQuiet()
})

test('a client that leaves its event stream is not logged as a failure', async () => {
  begin()
  const client = await openEvents(`${fixture.origin}/api/portal/v1/jobs/events`, token)
  client.close()
  await unsubscribed.promise
  await assertQuiet()
})

/** Resolves when a statement waits for the lock. */
async function statementWaits(): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ waiting: number }>`
      select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query not like '%pg_stat_activity%'
    `.execute(database.db)
    if (rows[0]?.waiting !== 0) return
  }
}
