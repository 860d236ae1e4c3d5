import { setTimeout as sleep } from 'node:timers/promises'
import { type ClientJob, getJob, hasEnded } from './jobs.ts'
import { keepAsking, type Patience } from './keep-asking.ts'
import type { ServerCall } from './server-call.ts'

const INTERVAL = 500

export interface AwaitOptions extends Patience {
  onJob(job: ClientJob): void
}

/**
 * Waits until a job ends and reports its changes. A server that is restarted meanwhile is asked again for two minutes.
 *
 * @throws CliError when the server stays away, or the job cannot be read.
 */
export async function awaitEnd(server: ServerCall, id: string, options: AwaitOptions): Promise<ClientJob> {
  const { signal, onJob } = options
  for (;;) {
    const job = await keepAsking(() => getJob(server, id, signal), options)
    onJob(job)
    if (hasEnded(job)) return job
    await sleep(INTERVAL, undefined, { signal })
  }
}
