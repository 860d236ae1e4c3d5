import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { FaultCase } from './fault-case.ts'
import { endServer, type FaultServer, startFaultServer } from './fault-server.ts'

const HEAP_MEGABYTES = 256
const DEADLINE_MILLISECONDS = 60_000

/** What Get Job shows of a job. */
interface ShownJob {
  jobState: string
  attempt: number
  error: { message: string } | null
}

export const killedForMemory: FaultCase = {
  name: 'killed-for-memory',
  title: 'a job whose server ran out of memory twice fails with that reason, and the next start goes on',
  async run(context) {
    const broken: string[] = []
    const file = path.join(context.folder, 'fill-heap')
    const preload = pathToFileURL(path.join(import.meta.dirname, 'preload-memory.ts')).href
    // Answers nothing, so that the job is running whenever the server dies.
    const mirror = createServer(() => undefined).listen(0, '127.0.0.1')
    await once(mirror, 'listening')
    const { port } = mirror.address() as AddressInfo
    const environment = {
      FILL_HEAP_FILE: file,
      NODE_OPTIONS: `--max-old-space-size=${HEAP_MEGABYTES} --import ${preload}`,
      PUBLIC_CHARTS_URL: `http://127.0.0.1:${port}/catalogue.xml`,
    }
    try {
      let jobId: string | null = null
      for (const attempt of [1, 2]) {
        const server = await startFaultServer(context, environment)
        jobId ??= await createRefresh(server)
        const before = await until(server, jobId, (job) => job.jobState === 'running' && job.attempt === attempt)
        if (before.attempt !== attempt) broken.push(`attempt ${attempt} is attempt ${before.attempt}, ${before.jobState}`)
        const gone = once(server.child, 'exit')
        await writeFile(file, '')
        await gone
        await rm(file)
      }
      const server = await startFaultServer(context, environment)
      const job = await until(server, jobId ?? '', ({ jobState }) => jobState === 'failed')
      const reason = job.error?.message ?? ''
      if (job.jobState !== 'failed' || !reason.includes('ran out of memory')) broken.push(`the job is ${JSON.stringify(job)}`)
      const live = await server.send('GET', '/health/live', { token: null })
      if (live.status !== 200) broken.push(`/health/live was ${live.status}`)
      await endServer(server)
      return { broken, seen: `after two deaths the job is ${job.jobState}: ${reason}` }
    } finally {
      mirror.closeAllConnections()
      mirror.close()
    }
  },
}

async function createRefresh(server: FaultServer): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  const body = '{"jobType":"refresh-public-charts"}'
  const { status, text } = await server.send('POST', '/api/portal/v1/jobs', { body, headers })
  if (status !== 200) throw new Error(`the job was answered ${status}: ${text}`)
  return (JSON.parse(text) as { jobId: string }).jobId
}

/** The job once it is as wanted, or as it is when the time is over. */
async function until(server: FaultServer, jobId: string, wanted: (job: ShownJob) => boolean): Promise<ShownJob> {
  for (const deadline = performance.now() + DEADLINE_MILLISECONDS; ; await sleep(100)) {
    const { text } = await server.send('GET', `/api/portal/v1/jobs/${jobId}`)
    const found = JSON.parse(text) as ShownJob & { job?: ShownJob }
    const job = found.job ?? found
    if (wanted(job) || performance.now() > deadline) return job
  }
}
