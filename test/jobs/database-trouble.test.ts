import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { openDatabase } from '#db/database.ts'
import { startEmbeddedPostgres } from '#db/embedded/start-embedded-postgres.ts'
import { migrate } from '#db/migrate.ts'
import type { FaultPoint } from '#jobs/model/faults.ts'
import { silentLog } from '#lib/log.ts'
import { applyEffect, installAudit, violations } from '#test/audit.ts'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { startDatabaseProxy } from '#test/database-proxy.ts'
import { holdAt, jobDetail, jobReaches, jobType, signal, startTestJobs } from '#test/jobs.ts'

// PostgreSQL itself is in trouble: ended in the middle of a run, at the moment of settling, and on a disk that is full.

const settings = { fsync: 'off', shared_buffers: '16MB', max_wal_size: '32MB', min_wal_size: '32MB' }

async function ownPostgres(folder: string) {
  await chmod(folder, 0o755)
  const postgres = await startEmbeddedPostgres({ dataDir: folder, settings, runAs: null, log: silentLog() })
  const opened = openDatabase({ url: postgres.url })
  await migrate(opened.db)
  await installAudit(opened.db)
  const close = async () => {
    await opened.close()
    await postgres.stop()
  }
  const database: TestDatabase = { ...opened, [Symbol.asyncDispose]: close }
  return { database, close }
}

/** Stops the server; its owner restarts it. */
async function restart({ db }: TestDatabase, signal: NodeJS.Signals): Promise<void> {
  const shown = await sql<{ folder: string }>`select current_setting('data_directory') as folder`.execute(db)
  const pid = Number.parseInt(await readFile(path.join(shown.rows[0]?.folder ?? '', 'postmaster.pid'), 'utf8'), 10)
  const [{ started }] = (await sql<{ started: string }>`select pg_postmaster_start_time()::text as started`.execute(db)).rows as [
    { started: string },
  ]
  process.kill(pid, signal)
  for (;;) {
    const now = await sql<{ started: string }>`select pg_postmaster_start_time()::text as started`.execute(db).catch(() => null)
    if (now !== null && now.rows[0]?.started !== started) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('a job completes although the database stops responding in the middle of a step', async () => {
  await using database = await createTestDatabase()
  await using proxy = await startDatabaseProxy(database.url)
  const closed = signal()
  const silent = openDatabase({
    url: proxy.url,
    watch: { silenceMilliseconds: 300, responseMilliseconds: 300, onDead: () => closed.resolve() },
  })
  const reached = signal()
  const release = signal()
  const type = jobType('becalmed', async (job) => {
    await job.step('wait', async () => {
      reached.resolve()
      await release.promise
      return {}
    })
    return {}
  })
  const queue = { heartbeatSeconds: 10, monitorSeconds: 1, pollSeconds: 1, statementSeconds: 1 }
  const jobs = await startTestJobs({ ...silent, [Symbol.asyncDispose]: silent.close }, [type], { queue })
  const { jobId } = await jobs.create({ jobType: 'becalmed', accountId: null })
  await reached.promise
  proxy.goSilent()
  release.resolve()
  await closed.promise
  proxy.recover()
  const job = await jobReaches(jobs, jobId)
  assert.equal(job.jobState, 'completed')
  await jobs.close(5_000)
  await silent.close()
})

describe('PostgreSQL restarts', () => {
  const cases: [FaultPoint, NodeJS.Signals, string][] = [
    ['after-step-begin', 'SIGINT', 'while a step runs'],
    ['in-step-transaction', 'SIGQUIT', "within a step's transaction"],
    ['before-settle', 'SIGQUIT', 'just before the job settles'],
    ['in-settle', 'SIGINT', 'while the job settles'],
  ]

  test('a run survives a restart of PostgreSQL in one attempt, with each effect once', async (t) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-restart-'))
    const { database, close } = await ownPostgres(folder)
    try {
      for (const [point, ending, when] of cases) {
        await t.test(when, async () => {
          const hold = holdAt(point)
          const type = jobType('restarted', async (job) => {
            await job.step('step_one', (step) => step.transaction((trx) => applyEffect(trx, job, 'step_one')))
            return { done: true }
          })
          await using jobs = await startTestJobs(database, [type], { faults: hold.faults })
          const { jobId } = await jobs.create({ jobType: 'restarted', accountId: null })
          await hold.reached
          await restart(database, ending)
          hold.release()
          await jobs.get({ all: true }, jobId)
          const job = await jobReaches(jobs, jobId)
          assert.equal(job.jobState, 'completed')
          assert.equal((await jobDetail(jobs, jobId)).attempt, 1)
          assert.equal(job.steps[0]?.attempt, 1)
          const applied = await sql<{ applied: number }>`select applied from effect_count where job_id = ${jobId}`.execute(
            database.db,
          )
          assert.deepEqual(applied.rows, [{ applied: 1 }])
          assert.deepEqual(await violations(database.db), [])
        })
      }
    } finally {
      await close()
      await rm(folder, { recursive: true, force: true })
    }
  })
})

/** A file system of this size, or the reason why there is none. */
async function smallDisk(megabytes: number): Promise<{ folder: string; remove(): Promise<void> } | string> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root on Linux may mount a small file system'
  const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder], { stdio: 'pipe' })
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    return `a small file system cannot be mounted here: ${String(error)}`
  }
  return {
    folder,
    async remove() {
      execFileSync('umount', [folder])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

describe('a full disk', () => {
  test('with a full disk lists can be read, and the running job waits for space and then completes', async (t) => {
    const disk = await smallDisk(260)
    if (typeof disk === 'string') return t.skip(disk)
    const { database, close } = await ownPostgres(disk.folder)
    try {
      const runs = signal()
      const isFull = signal()
      const refused = signal<unknown>()
      const type = jobType('hungry', (job) =>
        job.step('step_write', async (step) => {
          runs.resolve()
          await isFull.promise
          await step.transaction(async (trx) => {
            await sql`insert into audit_violation (what, job_id, detail)
              select 'revived', ${job.jobId}, repeat(md5(n::text), 200) from generate_series(1, 3000) as numbers (n)`
              .execute(trx)
              .catch((error: unknown) => {
                refused.resolve(error)
                throw error
              })
          })
          return { written: true }
        }),
      )
      await using jobs = await startTestJobs(database, [type])
      const { jobId } = await jobs.create({ jobType: 'hungry', accountId: null })
      await runs.promise
      const filler = path.join(disk.folder, 'filler')
      // Fill it to the last block with smaller and smaller pieces.
      for (let size = 16 * 1024 * 1024; size >= 4096; ) {
        const full = await writeFile(filler, Buffer.alloc(size), { flag: 'a' }).then(
          () => false,
          () => true,
        )
        if (full) size /= 2
      }
      isFull.resolve()
      assert.equal(((await refused.promise) as { code?: string }).code, '53100')
      const during = await jobs.list({ visibility: { all: true }, activeOnly: true, limit: 10, offset: 0 })
      assert.deepEqual(
        during.jobs.map((job) => [job.id, job.jobState]),
        [[jobId, 'running']],
      )
      await rm(filler)
      const job = await jobReaches(jobs, jobId)
      assert.equal(job.jobState, 'completed', JSON.stringify(job.logs))
      assert.equal(job.steps[0]?.attempt, 1)
    } finally {
      await close()
      await disk.remove()
    }
  })
})
