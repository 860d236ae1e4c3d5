import type { App } from '#http/base/app.ts'
import type { JobsService } from '#http/base/jobs-service.ts'
import type { EventStreams } from '../../events/event-streams.ts'
import { cancelJobRoute } from './cancel-job.ts'
import { countJobsRoute } from './count-jobs.ts'
import { createJobRoute } from './create-job.ts'
import { getJobRoute } from './get-job.ts'
import { jobEventsRoute } from './job-events.ts'
import { jobLogsRoute } from './job-logs.ts'
import { jobStatusRoute } from './job-status.ts'
import { listJobsRoute } from './list-jobs.ts'
import { retryJobRoute } from './retry-job.ts'

/** Everything under `/api/portal/v1/jobs`. */
export function jobRoutes(app: App, options: { jobs: JobsService; streams: EventStreams }): void {
  listJobsRoute(app, options)
  createJobRoute(app, options)
  countJobsRoute(app, options)
  jobStatusRoute(app, options)
  jobEventsRoute(app, options)
  getJobRoute(app, options)
  jobLogsRoute(app, options)
  cancelJobRoute(app, options)
  retryJobRoute(app, options)
}
