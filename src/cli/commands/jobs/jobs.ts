import type { AddCommand } from '../../frame/command-context.ts'
import { addJobLogs } from './job-logs.ts'
import { addListJobs } from './list-jobs.ts'
import { addStartJob } from './start-job.ts'
import { addSteerJob } from './steer-job.ts'
import { addWatchJobs } from './watch-jobs.ts'

/** `chartroom jobs ...`: lists, follows and steers the jobs of a server. */
export const addJobs: AddCommand = (program, context) => {
  const jobs = program
    .command('jobs')
    .description('list, watch, start, cancel and retry jobs, and read their logs')
    .addHelpText(
      'after',
      `
An id may be shortened to its end, as the tables show it.

Examples:
  chartroom jobs list --active
  chartroom jobs start refresh-public-charts --watch
  chartroom jobs logs -f 5e1f4c2a9b01`,
    )
  for (const add of [addListJobs, addWatchJobs, addStartJob, addSteerJob, addJobLogs]) add(jobs, context)
}
