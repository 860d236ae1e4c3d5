import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FaultCase } from './fault-case.ts'
import { createJob, jobWhen } from './fault-jobs.ts'
import { endServer, startFaultServer } from './fault-server.ts'

const HEAP_MEGABYTES = 256
const DEADLINE_MILLISECONDS = 60_000

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
        jobId ??= await createJob(server, 'refresh-public-charts')
        const before = await jobWhen(
          server,
          jobId,
          (job) => job.jobState === 'running' && job.attempt === attempt,
          DEADLINE_MILLISECONDS,
        )
        if (before.attempt !== attempt) broken.push(`attempt ${attempt} is attempt ${before.attempt}, ${before.jobState}`)
        const gone = once(server.child, 'exit')
        await writeFile(file, '')
        await gone
        await rm(file)
      }
      const server = await startFaultServer(context, environment)
      const job = await jobWhen(server, jobId ?? '', ({ jobState }) => jobState === 'failed', DEADLINE_MILLISECONDS)
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
