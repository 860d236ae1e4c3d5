// One chaos worker: `node chaos-worker.ts <options as JSON>`. Runs jobs until it gets SIGTERM or is killed.
import { openDatabase } from '#db/database.ts'
import { createJobs } from '#jobs/jobs.ts'
import { silentLog } from '#lib/log.ts'
import { chaosTypes } from './chaos-types.ts'

const { url, soleWorker } = JSON.parse(process.argv[2] ?? '') as { url: string; soleWorker: boolean }
const types = chaosTypes()
const database = openDatabase({ url, maxConnections: 6 })
const jobs = createJobs({
  db: database.db,
  url,
  names: types.map((type) => type.name),
  types,
  log: silentLog(),
  concurrency: { import: 1, maintenance: 1, light: 3, export: 1 },
  soleWorker,
  queue: { heartbeatSeconds: 10, monitorSeconds: 2, pollSeconds: 1 },
  retryDelaySeconds: 0,
  reconcileMilliseconds: 5_000,
})
process.once('SIGTERM', async () => {
  await jobs.close(10_000)
  await database.close()
})
await jobs.start()
console.log('ready')
