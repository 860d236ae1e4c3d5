import { setTimeout as sleep } from 'node:timers/promises'
import { CliError, EXIT } from '../frame/exit-codes.ts'
import { type ClientJob, getJob, hasEnded } from './jobs.ts'
import type { ServerCall } from './server-call.ts'

const INTERVAL = 500
/** How long a server may be away, such as for a restart, before the command gives up. */
const LONGEST_ABSENCE = 120_000

export interface AwaitOptions {
  signal: AbortSignal
  onJob(job: ClientJob): void
  /** The server does not answer now. */
  onAway(reason: string): void
}

/**
 * Waits until a job ends and reports its changes. A server that is restarted meanwhile is asked again for two minutes.
 *
 * @throws CliError when the server stays away, or the job cannot be read.
 */
export async function awaitEnd(server: ServerCall, id: string, { signal, onJob, onAway }: AwaitOptions): Promise<ClientJob> {
  let awaySince: number | null = null
  for (;;) {
    const job = await getJob(server, id, signal).catch((error: unknown) => {
      awaySince ??= performance.now()
      const passes = error instanceof CliError && error.exitCode === EXIT.unreachable
      if (!passes || performance.now() - awaySince > LONGEST_ABSENCE) throw error
      onAway('the server does not answer; trying again')
      return null
    })
    if (job !== null) {
      awaySince = null
      onJob(job)
      if (hasEnded(job)) return job
    }
    await sleep(INTERVAL, undefined, { signal })
  }
}
