import { type ClientJob, hasEnded, resolveJobId } from '../../client/jobs.ts'
import { openClient } from '../../client/open-client.ts'
import { type ClientOptions, clientCommand } from '../../frame/client-command.ts'
import type { AddCommand } from '../../frame/command-context.ts'
import { writeJson } from '../../output/words.ts'
import { watchOne } from './watch-one.ts'

/** `chartroom jobs cancel` and `chartroom jobs retry` */
export const addSteerJob: AddCommand = (jobs, context) => {
  clientCommand(jobs, 'cancel <id>', 'cancel a pending or running job and its children').action(
    async (given: string, options: ClientOptions) => {
      const server = await openClient(context, options)
      const id = await resolveJobId(server, given)
      const job = await server.call<ClientJob>('POST', `/api/portal/v1/jobs/${id}/cancel`)
      if (options.json === true) return writeJson(context.out, job)
      context.out.write(`${cancelled(job)}\n`)
    },
  )

  clientCommand(jobs, 'retry <id>', 'run a failed or cancelled job again; steps that had finished are kept')
    .option('--from-step <step>', 'repeat this step and those after it')
    .option('-w, --watch', 'follow it until it ends; the exit code is 0 if it completed')
    .action(async (given: string, options: ClientOptions & { fromStep?: string; watch?: boolean }) => {
      const server = await openClient(context, options)
      const id = await resolveJobId(server, given)
      const body = { fromStep: options.fromStep ?? null }
      const job = await server.call<ClientJob>('POST', `/api/portal/v1/jobs/${id}/retry`, { body })
      if (options.watch === true) return await watchOne(context, server, id, options)
      if (options.json === true) writeJson(context.out, job)
      else context.out.write(`Running ${job.jobType} ${id} again\n`)
    })
}

/** What became of a job that was to be cancelled: one that had ended before stays as it is. */
function cancelled(job: ClientJob): string {
  const name = `${job.jobType} ${job.id}`
  if (job.jobState === 'cancelled') return `Cancelled ${name}`
  return hasEnded(job)
    ? `${name} had ${job.jobState} before; nothing was cancelled`
    : `Cancelling ${name}; it stops within seconds`
}
