import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultServer } from './fault-server.ts'

/** What Get Job shows of a job. */
export interface ShownJob {
  jobState: string
  attempt: number
  error: { message: string } | null
}

/** Creates a job and returns its id. @throws when it is refused. */
export async function createJob(server: FaultServer, jobType: string): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  const { status, text } = await server.send('POST', '/api/portal/v1/jobs', { body: JSON.stringify({ jobType }), headers })
  if (status !== 200) throw new Error(`the job was answered ${status}: ${text}`)
  return (JSON.parse(text) as { jobId: string }).jobId
}

/** The job once it is as wanted, or as it is when the time is over. */
export async function jobWhen(
  server: FaultServer,
  jobId: string,
  wanted: (job: ShownJob) => boolean,
  milliseconds: number,
): Promise<ShownJob> {
  for (const deadline = performance.now() + milliseconds; ; await sleep(100)) {
    const { status, text } = await server.send('GET', `/api/portal/v1/jobs/${jobId}`)
    if (status === 200) {
      const found = JSON.parse(text) as ShownJob & { job?: ShownJob }
      const job = found.job ?? found
      if (wanted(job) || performance.now() > deadline) return job
    } else if (performance.now() > deadline) {
      throw new Error(`job ${jobId} was answered ${status}: ${text}`)
    }
  }
}
