// A process that runs the job engine and kills itself at a named point of its work: `node crashing-engine.ts <plan as JSON>`.
// It kills itself, so that the signal is as sudden as a power cut.
import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '#db/database.ts'
import { createJobs } from '#jobs/jobs.ts'
import type { FaultPoint } from '#jobs/model/faults.ts'
import { silentLog } from '#lib/log.ts'
import { crashTypes } from './crash-types.ts'

export interface CrashPlan {
  url: string
  /** Create a tree of jobs and run it, or make one call of the engine. */
  action: 'run' | 'create' | 'cancel' | 'retry'
  /** For cancel and retry. */
  jobId?: string
  /** A tree that an earlier crash left: it is completed first, and only then the point counts. */
  takeOver?: string | undefined
  point: FaultPoint
  /** The occurrence of the point at which to crash; 1 is the first. */
  occurrence: number
}

const plan = JSON.parse(process.argv[2] ?? '') as CrashPlan
let armed = plan.takeOver === undefined
let reached = 0
const types = crashTypes()
const { db } = openDatabase({ url: plan.url, maxConnections: 4 })
const jobs = createJobs({
  db,
  url: plan.url,
  names: types.map((type) => type.name),
  types,
  log: silentLog(),
  concurrency: plan.action === 'run' ? { import: 1, maintenance: 1, light: 1, export: 1 } : null,
  soleWorker: true,
  queue: { heartbeatSeconds: 10, monitorSeconds: 1, pollSeconds: 1 },
  retryDelaySeconds: 0,
  faults: {
    hit(point) {
      if (!armed || point !== plan.point || ++reached !== plan.occurrence) return
      writeSync(1, `at ${point}\n`)
      process.kill(process.pid, 'SIGKILL')
      return new Promise<never>(() => {})
    },
  },
})
await jobs.start()
for (let left = plan.takeOver; left !== undefined; await sleep(10)) {
  const state = (await jobs.get({ all: true }, left))?.jobState
  if (state !== 'pending' && state !== 'running') left = undefined
}
armed = true
if (plan.action === 'run' || plan.action === 'create') await jobs.create({ jobType: 'crash-tree', accountId: null })
if (plan.action === 'cancel') await jobs.cancel(plan.jobId ?? '', 'crash test')
if (plan.action === 'retry') await jobs.retry(plan.jobId ?? '', null)
