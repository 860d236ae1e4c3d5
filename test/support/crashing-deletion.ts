// A process that runs the jobs of account deletions and kills itself in a step of one of them:
// `node crashing-deletion.ts <plan as JSON>`. It kills itself, so that the signal is as sudden as a power cut.
import { writeSync } from 'node:fs'
import path from 'node:path'
import { openDatabase } from '#db/database.ts'
import { createJobs, type Jobs } from '#jobs/jobs.ts'
import type { JobContext, JobType, StepContext } from '#jobs/model/job-type.ts'
import { systemClock } from '#lib/clock.ts'
import { silentLog } from '#lib/log.ts'
import { createFolderStore } from '#storage/folder-store.ts'
import { deleteAccount } from '#tasks/deletion/delete-account.ts'
import { openTileCache } from '#tiles/cache/tile-cache.ts'

export interface CrashingDeletion {
  url: string
  dataDir: string
  /** The account whose deletion crashes. */
  accountId: number
  step: string
  /** In the first transaction of the step, before its commit, or after all of its work, before its end is recorded. */
  at: 'in-transaction' | 'after-work'
}

const plan = JSON.parse(process.argv[2] ?? '') as CrashingDeletion
const { db } = openDatabase({ url: plan.url, maxConnections: 4 })
const log = silentLog()
const cache = await openTileCache({ folder: path.join(plan.dataDir, 'tiles'), maximumBytes: 2 ** 26, memoryBytes: 0, log })
const storage = createFolderStore(path.join(plan.dataDir, 'blobs'))
const real = deleteAccount({ db, storage, cache, clock: systemClock, cancel: (jobId, reason) => jobs.cancel(jobId, reason) })
const type: JobType<{ accountId: number }> = {
  ...real,
  run: (job) => real.run(job.parameters.accountId === plan.accountId ? crashing(job) : job),
}
const jobs: Jobs = createJobs({
  db,
  url: plan.url,
  names: [type.name],
  types: [type],
  log,
  concurrency: { import: 1, maintenance: 1, light: 1, export: 1 },
  soleWorker: true,
  queue: { heartbeatSeconds: 10, monitorSeconds: 1, pollSeconds: 1 },
  retryDelaySeconds: 0,
})
await jobs.start()

function crashing<P>(job: JobContext<P>): JobContext<P> {
  return {
    ...job,
    step: (name, work) =>
      job.step(name, async (step) => {
        if (name !== plan.step) return await work(step)
        const value = await work(plan.at === 'in-transaction' ? crashingInTransaction(step) : step)
        return plan.at === 'after-work' ? await die() : value
      }),
  }
}

function crashingInTransaction(step: StepContext): StepContext {
  return {
    ...step,
    transaction: (work) =>
      step.transaction(async (trx) => {
        await work(trx)
        return await die()
      }),
  }
}

function die(): Promise<never> {
  writeSync(1, `in ${plan.step}\n`)
  process.kill(process.pid, 'SIGKILL')
  return new Promise<never>(() => {})
}
