import { sampleCell, zipOf } from '../cells.ts'
import { upload } from './charts.ts'
import type { Walk } from './walk.ts'

interface Listed {
  jobs: { id: string; jobType: string }[]
}

/** Lists, cancels and retries jobs. Runs after the walk of the charts, whose jobs it shows. */
export async function walkJobs(walk: Walk): Promise<void> {
  const { jobs } = await walk.call<Listed>('listJobs', { query: { limit: 2 } })
  const path = { id: jobs.find(({ jobType }) => jobType === 'user-upload')?.id ?? '' }
  await walk.call('getJob', { path })
  await walk.call('getJobLog', { path, query: { limit: 2 } })
  await walk.call('countJobs')
  await walk.call('listJobsCloud')
  const whole = await zipOf([{ path: 'ENC_ROOT/XX5SAMPL.000', content: sampleCell() }])
  await upload(walk, 'uploadCharts', 'cut.zip', whole.subarray(0, 1000))
  const failed = await walk.call<Listed>('listJobs', { query: { jobType: 'user-upload', limit: 1 } })
  await walk.call('retryJob', { path: { id: failed.jobs[0]?.id ?? '' }, body: { fromStep: 'step_unpack' } })
  const { jobId } = await walk.call<{ jobId: string }>('refreshChartsCloud')
  await walk.call('getJobStatus')
  await walk.call('cancelJob', { path: { id: jobId } })
  await walk.rest()
}
