import type { ServerProcess } from './server-process.ts'

/** Makes a server refresh its charts and waits for the job to end. @returns its result. @throws unless it completes. */
export async function refreshCharts({ api }: Pick<ServerProcess, 'api'>): Promise<Record<string, unknown> | null> {
  const client = await api()
  const id = await client.createJob('refresh-public-charts')
  if (id === null) throw new Error('a refresh is already running')
  for (;;) {
    const job = (await client.listJobs()).jobs.find((each) => each.id === id)
    if (job !== undefined && !['pending', 'running'].includes(job.jobState)) {
      if (job.jobState !== 'completed') throw new Error(`the refresh ${job.jobState}: ${JSON.stringify(job.logs)}`)
      return job.result
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
