import { setTimeout as sleep } from 'node:timers/promises'
import { CliError, EXIT } from '../frame/exit-codes.ts'
import { ApiError } from './server-call.ts'

const INTERVAL = 500
/** How long a server may be away, such as for a restart, before the command gives up. */
const LONGEST_ABSENCE = 120_000

export interface Patience {
  signal: AbortSignal
  /** Called once each time the server stops answering. */
  onAway(reason: string): void
}

/**
 * Asks a server until it answers: one that is restarted meanwhile is asked again for two minutes.
 *
 * @throws CliError when the server stays away, or refuses; the signal's reason when that aborts.
 */
export async function keepAsking<T>(ask: () => Promise<T>, { signal, onAway }: Patience): Promise<T> {
  const began = performance.now()
  for (let isAway = false; ; isAway = true) {
    try {
      return await ask()
    } catch (error) {
      if (!passes(error) || performance.now() - began > LONGEST_ABSENCE) throw error
      if (!isAway) onAway('the server does not answer; trying again')
    }
    await sleep(INTERVAL, undefined, { signal })
  }
}

/** Whether the server may answer later. An address without Chartroom gets no server by waiting. */
function passes(error: unknown): boolean {
  if (error instanceof ApiError && error.status < 500) return false
  return error instanceof CliError && error.exitCode === EXIT.unreachable
}
