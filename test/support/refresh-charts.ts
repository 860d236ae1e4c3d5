import type { ServerProcess } from './server-process.ts'

/** Lets a server refresh its charts, and waits for the end. @returns the job's result. @throws unless it completes. */
export async function refreshCharts({ api }: ServerProcess): Promise<Record<string, unknown> | null> {
  const client = await api()
  const id = await client.createJob('refresh-public-charts')
  if (id === null) throw new Error('the charts are being refreshed already')
  for (;;) {
    const job = (await client.listJobs()).jobs.find((each) => each.id === id)
    if (job !== undefined && !['pending', 'running'].includes(job.jobState)) {
      if (job.jobState !== 'completed') throw new Error(`the refresh ${job.jobState}: ${JSON.stringify(job.logs)}`)
      return job.result
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
