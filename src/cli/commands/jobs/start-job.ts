import { openClient } from '../../client/open-client.ts'
import { type ClientOptions, clientCommand } from '../../frame/client-command.ts'
import type { AddCommand } from '../../frame/command-context.ts'
import { writeJson } from '../../output/words.ts'
import { watchOne } from './watch-one.ts'

/** `chartroom jobs start` */
export const addStartJob: AddCommand = (jobs, context) => {
  clientCommand(jobs, 'start <type>', 'start a maintenance job: refresh-public-charts, clear-tiles, vacuum-analyze or backup')
    .option('-w, --watch', 'follow it until it ends; the exit code is 0 if it completed')
    .action(async (jobType: string, options: ClientOptions & { watch?: boolean }) => {
      const server = await openClient(context, options)
      const created = await server.call<{ jobId: string }>('POST', '/api/portal/v1/jobs', { body: { jobType } })
      if (options.watch === true) return await watchOne(context, server, created.jobId, options)
      if (options.json === true) writeJson(context.out, created)
      else context.out.write(`Started ${jobType}: ${created.jobId}\n`)
    })
}
