import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { isConnectionError } from '#db/connection-error.ts'
import { type Db, openDatabase } from '#db/database.ts'
import { startEmbeddedPostgres } from '#db/embedded/start-embedded-postgres.ts'
import { migrate } from '#db/migrate.ts'
import { createRandom } from '#demo/noise.ts'
import { createJobs, type Jobs } from '#jobs/jobs.ts'
import { systemClock } from '#lib/clock.ts'
import { AppError } from '#lib/errors.ts'
import { silentLog } from '#lib/log.ts'
import { retry } from '#lib/retry.ts'
import { inconsistencies, installAudit, type Violation, violations } from '#test/audit.ts'
import { CHAOS_TYPE, type ChaosPlan, chaosTypes, choosePlan, effectsOf, jobsOf } from './chaos-types.ts'

export interface ChaosOptions {
  seed: number
  /** How long the storm of kills lasts. */
  seconds: number
  /** Root jobs, created during the storm. */
  jobs: number
  /** Seconds between restarts of PostgreSQL. */
  restartEvery: number
  /** Ends the storm like a server restart: kills all workers, and the first new one takes over without waiting for leases. */
  takeOverAtEnd: boolean
}

export interface ChaosReport {
  seed: number
  jobs: number
  killed: number
  /** Workers that were asked to stop and put their jobs back. */
  stopped: number
  restarts: Record<string, number>
  /** Users' calls during the storm: jobs of any state cancelled, and ended jobs retried. */
  cancels: number
  retries: number
  /** From the end of the storm until the last job had ended. */
  calmSeconds: number
  claims: number
  /** Trees that failed (three workers lost, or a child cancelled) or were cancelled; each was retried after the storm. */
  failed: number
  cancelled: number
  effects: { expected: number; rows: number; applied: number }
  states: Record<string, number>
  /** Must be empty: violations seen by triggers, inconsistent tables, workers that did not stop cleanly. */
  violations: Violation[]
  inconsistencies: string[]
  unclean: string[]
}

// A killed process must not lose committed data: commits reach the operating system, if not the disk.
const SETTINGS = { fsync: 'off', shared_buffers: '64MB', max_connections: '120' }
const WORKERS = 4
/** How PostgreSQL is stopped: sessions ended, at once without a checkpoint, or killed. */
const ENDS = ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const
/** The calm has failed when no job ends and no effect is applied for this long; a busy machine is slow. */
const STUCK_SECONDS = 90
/** How often failed and cancelled trees are retried in the calm: one that still fails has another cause than lost workers. */
const RETRIES = 2
/** A worker that is asked to stop gives its jobs ten seconds, and the database may be away. */
const STOP_SECONDS = 60

/**
 * Four workers run jobs with steps and children. Each second one is killed or asked to stop, users cancel and retry jobs, and
 * PostgreSQL is stopped every few seconds. In the calm that follows, failed and cancelled jobs are retried: every job must complete,
 * with every effect applied exactly once.
 */
export async function runChaos(options: ChaosOptions, say: (line: string) => void): Promise<ChaosReport> {
  const random = createRandom(options.seed)
  const plans = Array.from({ length: options.jobs }, () => choosePlan(random))
  const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-chaos-'))
  await chmod(folder, 0o755)
  const postgres = await startEmbeddedPostgres({ dataDir: folder, settings: SETTINGS, runAs: null, log: silentLog() })
  const database = openDatabase({ url: postgres.url })
  const { db } = database
  await migrate(db)
  await installAudit(db)
  const types = chaosTypes()
  const jobs = createJobs({
    db,
    url: postgres.url,
    names: [CHAOS_TYPE],
    types,
    log: silentLog(),
    concurrency: null,
    soleWorker: false,
    queue: { heartbeatSeconds: 10 },
  })
  await jobs.start()
  const crew = createCrew(postgres.url)
  try {
    await crew.fill()
    const seen = await storm(options, random, db, jobs, plans, crew, say)
    say(
      `the storm is over after ${crew.killed()} killed and ${crew.stopped()} stopped workers, ${seen.cancels} cancels, ${seen.retries} retries ` +
        `and ${Object.values(seen.restarts).join(' + ')} restarts of PostgreSQL`,
    )
    if (options.takeOverAtEnd) await crew.replaceAll()
    const started = performance.now()
    const retried = await calm(db, jobs, say)
    const calmSeconds = Math.round((performance.now() - started) / 100) / 10
    const unclean = await crew.stop()
    const { killed, stopped } = { killed: crew.killed(), stopped: crew.stopped() }
    return await report(options.seed, plans, db, { killed, stopped, ...seen, ...retried, calmSeconds, unclean })
  } finally {
    await crew.stop()
    await jobs.close(1_000)
    await database.close()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Creates jobs, cancels and retries some, kills or stops workers and stops PostgreSQL, each at its own pace. */
async function storm(
  options: ChaosOptions,
  random: () => number,
  db: Db,
  jobs: Jobs,
  plans: readonly ChaosPlan[],
  crew: Crew,
  say: (line: string) => void,
): Promise<Pick<ChaosReport, 'restarts' | 'cancels' | 'retries'>> {
  const restarts: Record<string, number> = {}
  let cancels = 0
  let retries = 0
  const dataDirectory = (await sql<{ setting: string }>`select current_setting('data_directory') as setting`.execute(db)).rows[0]
    ?.setting
  const end = performance.now() + options.seconds * 1_000
  const creating = (async () => {
    for (const [index, plan] of plans.entries()) {
      await sleep(Math.max(0, end - performance.now()) / Math.max(1, 1.25 * (plans.length - index)))
      const priority = Math.floor(random() * 3)
      await patiently(() => jobs.create({ jobType: CHAOS_TYPE, accountId: null, parameters: { ...plan }, priority }))
    }
  })()
  const killing = (async () => {
    while (performance.now() < end) {
      await sleep(1_000)
      if (random() < 0.25) crew.stopOne(random())
      else await crew.killOne(random())
    }
  })()
  const calling = (async () => {
    while (performance.now() < end) {
      await sleep(300)
      const wanted = random() < 0.5 ? ['pending', 'running'] : ['failed', 'cancelled']
      const id = await anyJob(db, wanted, random())
      if (id === null) continue
      if (wanted.includes('running')) {
        await patiently(() => jobs.cancel(id, 'by the chaos'))
        cancels++
      } else if (await retryIfEnded(jobs, id)) retries++
    }
  })()
  const restarting = (async () => {
    for (;;) {
      await sleep(options.restartEvery * 1_000)
      if (performance.now() > end) return
      const signal = ENDS[Math.floor(random() * ENDS.length)] ?? 'SIGINT'
      const pid = await readFile(path.join(dataDirectory ?? '', 'postmaster.pid'), 'utf8').then(parseInt, () => 0)
      if (pid <= 1) continue
      say(`PostgreSQL gets ${signal}`)
      process.kill(pid, signal)
      restarts[signal] = (restarts[signal] ?? 0) + 1
      // Its owner restarts it, as in the server.
      await patiently(() => sql`select 1`.execute(db))
    }
  })()
  await Promise.all([creating, killing, calling, restarting])
  return { restarts, cancels, retries }
}

/** A random job in one of these states, children included. */
async function anyJob(db: Db, states: readonly string[], chance: number): Promise<string | null> {
  const { rows } = await patiently(() =>
    sql<{ id: string }>`
      select id from job where job_state = any(${states}::text[]) order by id
      offset (select floor(count(*) * ${chance}::float8) from job where job_state = any(${states}::text[])) limit 1
    `.execute(db),
  )
  return rows[0]?.id ?? null
}

/** False when the job has become active or completed. */
async function retryIfEnded(jobs: Jobs, id: string): Promise<boolean> {
  try {
    await patiently(() => jobs.retry(id, null))
    return true
  } catch (error) {
    if (error instanceof AppError && (error.code === 'JOB_ACTIVE' || error.code === 'JOB_COMPLETED')) return false
    throw error
  }
}

/** Waits until every job has ended, and retries what failed or was cancelled, as a user would. */
async function calm(db: Db, jobs: Jobs, say: (line: string) => void): Promise<Pick<ChaosReport, 'failed' | 'cancelled'>> {
  const retried = { failed: 0, cancelled: 0 }
  let rounds = 0
  let moved = performance.now()
  let picture = ''
  for (; performance.now() - moved < STUCK_SECONDS * 1_000; await sleep(200)) {
    const { rows } = await patiently(() =>
      sql<{ open: number; effects: number; failed: string[]; cancelled: string[] }>`
        select (select count(*)::int from effect) as effects, count(*) filter (where job_state in ('pending', 'running'))::int as open,
          coalesce(array_agg(id) filter (where parent_job_id is null and job_state = 'failed'), '{}') as failed,
          coalesce(array_agg(id) filter (where parent_job_id is null and job_state = 'cancelled'), '{}') as cancelled from job
      `.execute(db),
    )
    const row = rows[0]
    if (JSON.stringify(rows) !== picture) moved = performance.now()
    picture = JSON.stringify(rows)
    if (row === undefined || row.open > 0) continue
    const again = [...row.failed, ...row.cancelled]
    if (again.length === 0 || rounds === RETRIES) return retried
    say(`${row.failed.length} trees have failed and ${row.cancelled.length} were cancelled; retrying them`)
    retried.failed += row.failed.length
    retried.cancelled += row.cancelled.length
    rounds++
    for (const id of again) await jobs.retry(id, null)
  }
  return retried
}

async function report(
  seed: number,
  plans: readonly ChaosPlan[],
  db: Db,
  seen: Omit<ChaosReport, 'seed' | 'jobs' | 'claims' | 'effects' | 'states' | 'violations' | 'inconsistencies'>,
): Promise<ChaosReport> {
  const states = await sql<{ job_state: string; count: number; claims: number }>`
    select job_state, count(*)::int as count, sum(attempt)::int as claims from job group by job_state
  `.execute(db)
  const effects = await sql<{ rows: number; applied: number }>`
    select (select count(*)::int from effect) as rows, (select coalesce(sum(applied), 0)::int from effect_count) as applied
  `.execute(db)
  // Expected from what is stored: a create whose answer was lost with the database may have been repeated.
  const stored = await sql<{ parameters: ChaosPlan }>`select parameters from job where parent_job_id is null`.execute(db)
  const expected = stored.rows.reduce((sum, row) => sum + effectsOf(row.parameters), 0)
  const jobs = stored.rows.reduce((sum, row) => sum + jobsOf(row.parameters), 0)
  const actual = states.rows.reduce((sum, row) => sum + row.count, 0)
  const problems = await inconsistencies(db)
  if (stored.rows.length < plans.length) problems.push(`${plans.length - stored.rows.length} jobs were never stored`)
  const reasons = await sql<{ reason: string; count: number }>`
    select error ->> 'message' as reason, count(*)::int as count from job where job_state = 'failed' group by 1 order by 2 desc limit 5
  `.execute(db)
  for (const { reason, count } of reasons.rows) problems.push(`${count} times failed: ${reason}`)
  if (jobs !== actual) problems.push(`${actual} jobs where the plans make ${jobs}`)
  return {
    seed,
    jobs: actual,
    ...seen,
    claims: states.rows.reduce((sum, row) => sum + row.claims, 0),
    effects: { expected, rows: effects.rows[0]?.rows ?? 0, applied: effects.rows[0]?.applied ?? 0 },
    states: Object.fromEntries(states.rows.map((row) => [row.job_state, row.count])),
    violations: await violations(db, ['revived']),
    inconsistencies: problems,
  }
}

interface Crew {
  fill(): Promise<void>
  killOne(chance: number): Promise<void>
  /** Asks one to stop and starts another, without waiting. */
  stopOne(chance: number): void
  /** Kills all; the first new one takes over their jobs. */
  replaceAll(): Promise<void>
  killed(): number
  stopped(): number
  /** Stops all by SIGTERM; returns what went wrong. */
  stop(): Promise<string[]>
}

interface Member {
  child: ChildProcess
  ready: boolean
  gone: Promise<unknown>
  said: string
}

function createCrew(url: string): Crew {
  const members = new Set<Member>()
  /** Workers that were asked to stop, with what went wrong. */
  const leavers: Promise<string[]>[] = []
  let killed = 0

  function hire(soleWorker = false): Member {
    const program = path.join(import.meta.dirname, 'chaos-worker.ts')
    const args = ['--disable-warning=ExperimentalWarning', program, JSON.stringify({ url, soleWorker })]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const member: Member = { child, ready: false, gone: once(child, 'exit'), said: '' }
    child.stdout?.once('data', () => {
      member.ready = true
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      member.said = (member.said + text).slice(-4_000)
    })
    members.add(member)
    // Started while PostgreSQL was down: started again, as an init system would.
    void member.gone.then(() => {
      if (members.delete(member) && member.child.signalCode === null && !member.ready) hire(soleWorker)
    })
    return member
  }

  async function kill(member: Member): Promise<void> {
    members.delete(member)
    member.child.kill('SIGKILL')
    await member.gone
    killed++
  }

  /** Skips those still starting: they would only be replaced by others that are starting. */
  function pick(chance: number): Member | undefined {
    const ready = [...members].filter((member) => member.ready)
    return ready[Math.floor(chance * ready.length)]
  }

  /** Asks it to stop; returns what went wrong. */
  async function ask(member: Member): Promise<string[]> {
    member.child.kill('SIGTERM')
    const late = setTimeout(() => member.child.kill('SIGKILL'), STOP_SECONDS * 1_000)
    await member.gone
    clearTimeout(late)
    const { exitCode, signalCode } = member.child
    return exitCode === 0 ? [] : [`a worker ended with ${signalCode ?? exitCode}: ${member.said}`]
  }

  async function untilReady(): Promise<void> {
    while (![...members].some((member) => member.ready)) await sleep(20)
  }

  return {
    async fill() {
      for (let n = 0; n < WORKERS; n++) hire()
      await untilReady()
    },
    async killOne(chance) {
      const victim = pick(chance)
      if (victim === undefined) return
      await kill(victim)
      hire()
    },
    stopOne(chance) {
      const leaver = pick(chance)
      if (leaver === undefined) return
      members.delete(leaver)
      leavers.push(ask(leaver))
      hire()
    },
    async replaceAll() {
      await Promise.all([...members].map(kill))
      hire(true)
      await untilReady()
      for (let n = 1; n < WORKERS; n++) hire()
    },
    killed: () => killed,
    stopped: () => leavers.length,
    async stop() {
      const leaving = [...members]
      members.clear()
      const asked = leaving.map(async (member) => {
        while (!member.ready && member.child.exitCode === null) await sleep(20)
        return await ask(member)
      })
      return (await Promise.all([...leavers, ...asked])).flat()
    },
  }
}

function patiently<T>(work: () => Promise<T>): Promise<T> {
  return retry(work, {
    attempts: 200,
    baseMilliseconds: 50,
    maximumMilliseconds: 500,
    clock: systemClock,
    retryable: isConnectionError,
  })
}
