import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { FaultCase } from './fault-case.ts'
import { createJob, jobWhen } from './fault-jobs.ts'
import { attackServer, logIn } from './fault-server.ts'

const YEARS = 20
const YEAR_MILLISECONDS = 31_557_600_000
/** How much the log may grow while the clock is wrong. */
const LOG_BYTES = 200_000
const JOB_MILLISECONDS = 60_000

/** @param awayMilliseconds how long the clock is wrong, each way. */
export const jumpingClock = (awayMilliseconds: number): FaultCase => ({
  name: 'jumping-clock',
  title: `a clock that jumps by ${YEARS} years fills no log, and jobs run when it is back`,
  async run(context) {
    const file = path.join(context.folder, 'offset')
    await writeFile(file, '0')
    const preload = pathToFileURL(path.join(import.meta.dirname, 'preload-clock.ts')).href
    const environment = { CLOCK_OFFSET_FILE: file, NODE_OPTIONS: `--import ${preload}` }
    return await attackServer(context, environment, async (server, broken) => {
      const seen: string[] = []
      for (const years of [YEARS, -YEARS]) {
        const before = server.output().length
        await writeFile(file, String(years * YEAR_MILLISECONDS))
        await sleep(awayMilliseconds)
        const live = await server.send('GET', '/health/live', { token: null })
        if (live.status !== 200) broken.push(`${years} years: /health/live was ${live.status}`)
        await writeFile(file, '0')
        const logged = server.output().length - before
        if (logged > LOG_BYTES) broken.push(`${years} years: ${logged} bytes of log in ${awayMilliseconds / 1000} s`)
        server.token = await logIn(server, 'admin')
        const jobId = await createJob(server, 'clear-tiles')
        const { jobState: state } = await jobWhen(server, jobId, (job) => !/pending|running/.test(job.jobState), JOB_MILLISECONDS)
        if (state !== 'completed') broken.push(`${years} years: a job is ${state} after the clock is back`)
        seen.push(`${years} years: ${logged} bytes of log, then a job ${state}`)
      }
      return seen.join('; ')
    })
  },
})
