import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { PermanentError } from '#lib/errors.ts'
import type { Faults } from '../model/faults.ts'
import type { JobType } from '../model/job-type.ts'
import type { ClaimedJob } from './claim.ts'
import type { Outcome } from './decide-ending.ts'
import { createRunContext } from './run-context.ts'
import type { StoredStep } from './run-history.ts'
import type { RunWriter } from './run-writer.ts'
import { CancelledError, CancelledWithResult } from './stop-reasons.ts'

export interface ExecuteOptions {
  db: Db
  clock: Clock
  job: ClaimedJob
  /** The job's steps as earlier attempts left them. */
  steps: readonly StoredStep[]
  writer: RunWriter
  signal: AbortSignal
  /** How long an aborted handler may take to stop before it is left behind. */
  stopMilliseconds: number
  faults?: Faults | undefined
}

/**
 * Calls a job's handler. When the signal aborts, the handler has `stopMilliseconds` to stop; then it is left behind and its
 * `endSignal` aborts.
 *
 * @returns what the handler returned or threw. After an abort it may throw anything, so the abort's reason counts instead; only
 *   a cancelled handler may still give a result, by throwing `CancelledWithResult`.
 */
export async function executeHandler(type: JobType, options: ExecuteOptions): Promise<Outcome> {
  const { signal, stopMilliseconds, ...context } = options
  const leftBehind = Promise.withResolvers<never>()
  const end = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const onAbort = () => {
    timer = setTimeout(() => {
      leftBehind.reject(signal.reason)
      end.abort(signal.reason)
    }, stopMilliseconds)
  }
  // A handler that ignores its signal would run for the whole grace.
  if (signal.aborted) return { kind: 'threw', error: signal.reason }
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    const parameters = parseParameters(type, options.job.parameters)
    const handler = type.run(createRunContext({ ...context, parameters, signal, endSignal: end.signal }))
    // A handler that is left behind may still throw, and nothing awaits it.
    handler.catch(() => {})
    return { kind: 'returned', result: await Promise.race([handler, leftBehind.promise]) }
  } catch (error) {
    const wasCancelled = signal.aborted && signal.reason instanceof CancelledError
    if (wasCancelled && error instanceof CancelledWithResult) return { kind: 'cancelled', result: error.result }
    return { kind: 'threw', error: signal.aborted ? signal.reason : error }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}

/** @throws PermanentError when the stored parameters are not those of the type: no further try can change that. */
function parseParameters(type: JobType, stored: unknown): unknown {
  try {
    return type.parse(stored)
  } catch (error) {
    throw new PermanentError(`the stored parameters are not valid for jobs of type ${type.name}`, { cause: error })
  }
}
