import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { FAULT_POINTS, type FaultPoint } from '#jobs/model/faults.ts'
import { inconsistencies, installAudit, violations } from '#test/audit.ts'
import { CRASH_TREE, crashTypes } from '#test/crash-types.ts'
import type { CrashPlan } from '#test/crashing-engine.ts'
import { createTestDatabase, type TestDatabase } from '#test/database.ts'
import { jobReaches, startTestJobs, treeRows } from '#test/jobs.ts'

// Kills a process at every boundary of the engine's work and lets another take over: nothing may be lost, done twice or done by
// half. Each point lists what the crash may cost.

/** A crash while a tree of three jobs runs. */
interface RunCrash {
  occurrence: number
  where: string
  /** Additional claims and step attempts compared with no crash. */
  attempts: 0 | 1
  stepAttempts: 0 | 1
}

const at = (occurrence: number, where: string, attempts: 0 | 1, stepAttempts: 0 | 1): RunCrash => ({
  occurrence,
  where,
  attempts,
  stepAttempts,
})

const RUN_CRASHES: Partial<Record<FaultPoint, readonly RunCrash[]>> = {
  // Delivered but not claimed: the delivery is lost, but no claim and no try.
  'before-claim': [at(1, 'the parent', 0, 0)],
  'in-claim': [at(2, 'a child', 0, 0)],
  'after-claim': [at(1, 'the parent', 1, 0)],
  // Begun but not completed: begun again.
  'after-step-begin': [at(1, 'the parent', 1, 1)],
  'in-step-transaction': [at(2, 'a child', 1, 1)],
  'after-step-transaction': [at(2, 'a child', 1, 1)],
  'before-step-complete': [at(2, 'a child', 1, 1)],
  // Completed: the next attempt skips it.
  'after-step-complete': [at(1, 'the parent', 1, 0), at(2, 'a child', 1, 0)],
  'before-settle': [at(1, 'the first child to end', 1, 0)],
  'in-settle': [at(1, 'the first child to end', 1, 0), at(2, 'the last child, which settles the parent', 1, 0)],
  'after-settle': [at(1, 'the first child to end', 0, 0), at(2, 'the last child, which has settled the parent', 0, 0)],
  // The error is lost with the process; the step that threw it counts as begun.
  'in-put-back': [at(1, 'the child that fails once', 0, 0)],
  'after-put-back': [at(1, 'the child that fails once', 0, 0)],
  'in-fan-out': [at(1, 'the parent', 1, 0)],
  'after-fan-out': [at(1, 'the parent', 0, 0)],
}

let database: TestDatabase
before(async () => {
  database = await createTestDatabase()
  await installAudit(database.db)
})
after(() => database.close())

/** Runs an engine in a separate process, which kills itself at the point. */
async function crash(plan: Omit<CrashPlan, 'url'>): Promise<void> {
  const program = path.join(import.meta.dirname, '../support/crashing-engine.ts')
  const args = ['--disable-warning=ExperimentalWarning', program, JSON.stringify({ url: database.url, ...plan })]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const late = setTimeout(() => child.kill('SIGTERM'), 60_000)
  const [, killedBy] = (await once(child, 'exit')) as [number | null, string | null]
  clearTimeout(late)
  assert.equal(killedBy, 'SIGKILL', `the process did not reach ${plan.point}: ${output}`)
  assert.equal(output, `at ${plan.point}\n`)
}

/** The newest root: each test creates one. */
async function newestRoot(): Promise<string> {
  const rows = await sql<{ id: string }>`
    select id from job where parent_job_id is null order by created_at desc, id desc limit 1
  `.execute(database.db)
  const id = rows.rows[0]?.id
  assert.ok(id)
  return id
}

async function numbers(rootId: string) {
  const result = await sql<{ jobs: number; attempts: number; stepAttempts: number; effects: number; applied: number }>`
    select count(*)::int as jobs, sum(attempt)::int as attempts,
      (select sum(step.attempt)::int from job_step step join job on job.id = job_id where root_job_id = ${rootId}) as "stepAttempts",
      (select count(*)::int from effect join job on job.id = job_id where root_job_id = ${rootId}) as effects,
      (select sum(applied)::int from effect_count join job on job.id = job_id where root_job_id = ${rootId}) as applied
    from job where root_job_id = ${rootId}
  `.execute(database.db)
  const row = result.rows[0]
  assert.ok(row)
  return row
}

const states = async (rootId: string) => (await treeRows(database, rootId)).map((row) => row['job_state'])

test('every fault point has a crash test', () => {
  const elsewhere = ['in-enqueue', 'after-enqueue', 'in-cancel', 'after-cancel', 'in-retry', 'after-retry']
  assert.deepEqual([...Object.keys(RUN_CRASHES), ...elsewhere].toSorted(), FAULT_POINTS.toSorted())
})

/** Completes everything in this process; then nothing may be open, and no trigger may have seen a violation. */
async function takeOver(rootId: string): Promise<void> {
  {
    await using jobs = await startTestJobs(database, crashTypes())
    await jobReaches(jobs, rootId)
  }
  // Some jobs are retried on purpose; any other violation is a fault.
  assert.deepEqual(await violations(database.db, ['revived']), [])
  assert.deepEqual(await inconsistencies(database.db), [])
}

// Some twenty processes, one after another, take long on a busy machine.
describe('a crash of a running tree', { timeout: 900_000 }, () => {
  const crashes = FAULT_POINTS.flatMap((point) => (RUN_CRASHES[point] ?? []).map((each) => ({ point, ...each })))
  const roots = new Map<string, string>()

  // Each process takes over what the previous one left, then crashes with its own tree.
  before(async () => {
    let rootId: string | undefined
    for (const { point, occurrence } of crashes) {
      await crash({ action: 'run', point, occurrence, takeOver: rootId })
      rootId = await newestRoot()
      roots.set(`${point} ${occurrence}`, rootId)
    }
    if (rootId !== undefined) await takeOver(rootId)
  })

  for (const { point, occurrence, where, attempts, stepAttempts } of crashes) {
    test(`a crash at ${point} of ${where} loses nothing and repeats nothing`, async () => {
      const rootId = roots.get(`${point} ${occurrence}`) ?? ''
      assert.deepEqual(await states(rootId), ['completed', 'completed', 'completed'])
      assert.deepEqual(await numbers(rootId), {
        jobs: CRASH_TREE.jobs,
        attempts: CRASH_TREE.attempts + attempts,
        stepAttempts: CRASH_TREE.stepAttempts + stepAttempts,
        effects: CRASH_TREE.effects,
        applied: CRASH_TREE.effects,
      })
    })
  }
})

describe('a crash of a call', () => {
  let enqueued: string
  let rootId: string

  test('a crash at in-enqueue leaves neither job nor queue entry', async () => {
    const before = await count()
    await crash({ action: 'create', point: 'in-enqueue', occurrence: 1 })
    assert.deepEqual(await count(), before)
  })

  test('a crash at after-enqueue leaves a job that runs', async () => {
    await crash({ action: 'create', point: 'after-enqueue', occurrence: 1 })
    enqueued = await newestRoot()
    assert.deepEqual(await states(enqueued), ['pending'])
    // The next process runs it, then leaves its own tree, with a parent that waits for two pending children.
    await crash({ action: 'run', point: 'after-fan-out', occurrence: 1, takeOver: enqueued })
    rootId = await newestRoot()
    assert.deepEqual(await states(enqueued), ['completed', 'completed', 'completed'])
    assert.deepEqual(await states(rootId), ['running', 'pending', 'pending'])
  })

  const calls = [
    ['cancel', 'in-cancel', 'no job of the tree is cancelled', ['running', 'pending', 'pending']],
    ['cancel', 'after-cancel', 'the whole tree is cancelled', ['cancelled', 'cancelled', 'cancelled']],
    ['retry', 'in-retry', 'no job of the tree is reopened', ['cancelled', 'cancelled', 'cancelled']],
    ['retry', 'after-retry', 'the whole tree is reopened', ['running', 'pending', 'pending']],
  ] as const
  for (const [action, point, what, after] of calls) {
    test(`after a crash at ${point}, ${what}`, async () => {
      await crash({ action, jobId: rootId, point, occurrence: 1 })
      assert.deepEqual(await states(rootId), after)
    })
  }

  test('after all these crashes the tree completes', async () => {
    await takeOver(rootId)
    assert.deepEqual(await states(rootId), ['completed', 'completed', 'completed'])
    assert.equal((await numbers(rootId)).applied, CRASH_TREE.effects)
  })

  async function count() {
    const rows = await sql`select (select count(*) from job) as jobs, (select count(*) from pgboss.job) as entries`.execute(
      database.db,
    )
    return rows.rows[0]
  }
})
