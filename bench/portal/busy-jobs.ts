import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '#db/database.ts'
import { createJobs } from '#jobs/jobs.ts'
import { silentLog } from '#lib/log.ts'
import { jobType } from '#test/jobs.ts'

export interface BusyJobs {
  /** Ids of the running jobs. */
  ids: readonly string[]
  /** Shows this per cent for a job soon. */
  progress(id: string, percent: number): void
  /** Adds a line to the log of a job, which announces a change too. */
  line(id: string): void
  close(): Promise<void>
}

/** Runs jobs that only show the progress they are given. */
export async function startBusyJobs({ db, url }: Database, count: number): Promise<BusyJobs> {
  const stopping = new AbortController()
  const ids: string[] = []
  /** By the number of the job. */
  const shows = new Map<number, (percent: number) => void>()
  const lines = new Map<number, () => void>()
  const running = Promise.withResolvers<void>()
  const busy = jobType(
    'vacuum-analyze',
    async (job) =>
      await job.step('step_vacuum', async (step) => {
        shows.set(Number(job.parameters['number']), (percent) => step.progress(percent / 100))
        lines.set(Number(job.parameters['number']), () => job.log.info('Vacuumed a table'))
        if (shows.size === count) running.resolve()
        await sleep(2 ** 31 - 1, undefined, { signal: stopping.signal }).catch(() => null)
        return {}
      }),
    { steps: [{ name: 'step_vacuum', weight: 1 }] },
  )
  const jobs = createJobs({
    db,
    url,
    names: ['vacuum-analyze'],
    types: [busy],
    log: silentLog(),
    concurrency: { import: 1, maintenance: 1, light: count, export: 1 },
    soleWorker: false,
  })
  await jobs.start()
  for (let number = 0; number < count; number++) {
    ids.push((await jobs.create({ jobType: 'vacuum-analyze', accountId: null, parameters: { number } })).jobId)
  }
  await running.promise
  return {
    ids,
    progress: (id, percent) => shows.get(ids.indexOf(id))?.(percent),
    line: (id) => lines.get(ids.indexOf(id))?.(),
    async close() {
      stopping.abort()
      await jobs.close(10_000)
    },
  }
}
