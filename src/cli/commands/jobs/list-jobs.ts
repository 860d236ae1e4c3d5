import { Option } from 'commander'
import { hasEnded, listJobs } from '../../client/jobs.ts'
import { openClient } from '../../client/open-client.ts'
import { type ClientOptions, clientCommand } from '../../frame/client-command.ts'
import type { AddCommand } from '../../frame/command-context.ts'
import { wholeNumber } from '../../frame/values.ts'
import { formatJobs } from '../../output/job-table.ts'
import { writeJson } from '../../output/words.ts'

interface ListOptions extends ClientOptions {
  active?: boolean
  children?: boolean
  type?: string
  state?: string
  limit: number
}

/** `chartroom jobs list` */
export const addListJobs: AddCommand = (jobs, context) => {
  clientCommand(jobs, 'list', 'list jobs, newest first')
    .option('--active', 'only pending and running jobs')
    .option('--children', 'also the child jobs that a job has started')
    .option('--type <type>', 'only jobs of this type')
    .option('--state <state>', 'only jobs in this state, or in several separated by commas')
    .addOption(new Option('-n, --limit <number>', 'how many').argParser(wholeNumber(1, 200)).default(20))
    .action(async (options: ListOptions) => {
      const server = await openClient(context, options)
      const page = await listJobs(server, {
        limit: String(options.limit),
        ...(options.active === true && { activeOnly: 'true' }),
        ...(options.children !== true && { parentJobId: 'none' }),
        ...(options.type !== undefined && { jobType: options.type }),
        ...(options.state !== undefined && { jobState: options.state }),
      })
      if (options.json === true) return writeJson(context.out, page)
      if (page.jobs.length === 0) return void context.out.write('There are no such jobs.\n')
      context.out.write(formatJobs(context.out, page.jobs))
      const active = page.jobs.filter((job) => !hasEnded(job)).length
      if (active > 0) context.err.write(`${active} active. Follow one with: chartroom jobs watch ID\n`)
    })
}
