import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { isConnectionError } from '#db/connection-error.ts'
import { type Database, openDatabase } from '#db/database.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#db/embedded/start-embedded-postgres.ts'
import { migrate } from '#db/migrate.ts'
import { transactOnce } from '#db/transact-once.ts'
import { silentLog } from '#lib/log.ts'
import { startDatabaseProxy } from '#test/database-proxy.ts'

// After a crash PostgreSQL gives the id of a transaction whose log was not yet written to another one. The server that crashes here is a
// separate one.

/** So that nothing but a commit writes the log. */
const SETTINGS = {
  ...{ fsync: 'off', wal_writer_delay: '10s', bgwriter_lru_maxpages: '0', autovacuum: 'off' },
  ...{ max_connections: '30', shared_buffers: '32MB', restart_after_crash: 'on' },
}
const MOST_TRIES = 10

let folder: string
let server: EmbeddedPostgres
let direct: Database
before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'chartroom-crash-'))
  await chmod(folder, 0o755)
  server = await startEmbeddedPostgres({ dataDir: folder, settings: SETTINGS, runAs: null, log: silentLog() })
  direct = openDatabase({ url: server.url })
  await migrate(direct.db)
})
after(async () => {
  await direct.close()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

test('a commit that a crash lost is not taken for that of the transaction which got its id afterwards', async () => {
  for (let i = 0; ; i++) {
    assert.ok(i < MOST_TRIES, 'the log of the lost transaction was written each time')
    if (await losesAnId(`lost-${i}`)) return
  }
})

/** @returns whether the id was given out again; then it has checked what became of the transaction that lost it. */
async function losesAnId(name: string): Promise<boolean> {
  const proxy = await startDatabaseProxy(server.url)
  const through = openDatabase({ url: proxy.url, maxConnections: 2 })
  try {
    let [backend, id] = [0, 0n]
    const crashed = proxy.breakAt('commit', 'before').then(async () => {
      process.kill(backend, 'SIGKILL')
      await proxy[Symbol.asyncDispose]()
    })
    const outcome = transactOnce(through.db, async (trx) => {
      await sql`insert into setting (name, value) values (${name}, '1')`.execute(trx)
      const { rows } = await sql<{ pid: number; id: string }>`
        select pg_backend_pid() as pid, pg_current_xact_id()::text as id
      `.execute(trx)
      backend = rows[0]?.pid ?? 0
      id = BigInt(rows[0]?.id ?? 0)
      return 'committed'
    }).catch((error: unknown) => error)
    await crashed
    const isReissued = await giveOut(id)
    await using _again = await startDatabaseProxy(server.url, Number(new URL(proxy.url).port))
    const ended = await outcome
    if (!isReissued) return false
    const { rows } = await sql`select 1 from setting where name = ${name}`.execute(direct.db)
    assert.equal(rows.length, 0, 'the crash has lost the row')
    assert.ok(isConnectionError(ended), `the lost transaction was reported as ${String(ended)}`)
    return true
  } finally {
    await through.close()
  }
}

/** Commits transactions until the one with this id. @returns false when the server has passed it already. */
async function giveOut(id: bigint): Promise<boolean> {
  for (;;) {
    const next = await nextId().catch(() => null)
    if (next === null) await new Promise((resolve) => setTimeout(resolve, 50))
    else if (next >= id) return next === id
  }
}

async function nextId(): Promise<bigint> {
  const { rows } = await sql<{ id: string }>`select pg_current_xact_id()::text as id`.execute(direct.db)
  return BigInt(rows[0]?.id ?? 0)
}
