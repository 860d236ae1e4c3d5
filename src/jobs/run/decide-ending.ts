import { codeOf, messageOf, PermanentError } from '#lib/errors.ts'
import { FanOut, type JobResult } from '../model/job-type.ts'
import { cleanLogText } from '../model/log-text.ts'
import { ClaimLostError } from './claim.ts'
import type { JobFailure } from './settle.ts'
import { CancelledError, ShutdownError } from './stop-reasons.ts'

/** Tries of a job: when the last one fails or loses its worker, the job fails. */
export const TRIES = 3

/** Tries of a job that runs out of memory: a third would fail like the first two, and take down whatever else runs beside it. */
export const MEMORY_TRIES = 2

/** What became of a run. */
export type Outcome =
  | { kind: 'returned'; result: JobResult | FanOut }
  /** What the handler threw, or the reason of the abort that stopped it. */
  | { kind: 'threw'; error: unknown }
  /** Its cancel was requested, so nothing ran or nothing more may run. */
  | { kind: 'cancelled'; result?: JobResult }
  /** This server has no handler for the job's type. */
  | { kind: 'unknown-type'; jobType: string }
  /** Its worker died in each of its tries. */
  | { kind: 'lost-too-often' }
  /** Its process ran out of memory in each of its tries. */
  | { kind: 'out-of-memory' }

/** How a run ends. */
export type Ending =
  | { kind: 'completed'; result: JobResult }
  | { kind: 'children'; plan: FanOut }
  | { kind: 'cancelled'; result?: JobResult }
  | { kind: 'failed'; failure: JobFailure }
  /** Put back on the queue after an error, at the cost of one try. */
  | { kind: 'retry'; failure: JobFailure; delaySeconds: number }
  /** Put back on the queue at a shutdown, at no cost. */
  | { kind: 'put-back' }
  /** Another run has the job: write nothing. */
  | { kind: 'claim-lost'; error: ClaimLostError }

/**
 * Decides how a run ends; touches nothing.
 *
 * @param tries tries that the job has used, including this one.
 * @param retryDelaySeconds wait before the second try; doubled for each further one.
 */
export function decideEnding(outcome: Outcome, tries: number, retryDelaySeconds: number): Ending {
  switch (outcome.kind) {
    case 'returned':
      return endingOfResult(outcome.result)
    case 'threw':
      return endingOfError(outcome.error, tries, retryDelaySeconds)
    case 'cancelled':
      return outcome
    case 'unknown-type':
      return failed(`this server has no handler for jobs of type ${outcome.jobType}`)
    case 'out-of-memory':
      return failed(`the server ran out of memory ${MEMORY_TRIES} times while running this job, so it is not retried`)
    case 'lost-too-often':
      return failed(`the worker was lost ${TRIES} times while running this job, so it is not retried`)
  }
}

function endingOfResult(result: JobResult | FanOut): Ending {
  if (!(result instanceof FanOut)) return { kind: 'completed', result }
  return result.children.length > 0 ? { kind: 'children', plan: result } : { kind: 'completed', result: result.result }
}

function endingOfError(error: unknown, tries: number, retryDelaySeconds: number): Ending {
  if (error instanceof ClaimLostError) return { kind: 'claim-lost', error }
  if (error instanceof CancelledError) return { kind: 'cancelled' }
  if (error instanceof ShutdownError) return { kind: 'put-back' }
  const failure = { name: error instanceof Error ? error.name : 'Error', message: cleanLogText(messageOf(error)) }
  const tried = isOutOfMemory(error) ? MEMORY_TRIES : TRIES
  if (error instanceof PermanentError || tries >= tried) return { kind: 'failed', failure }
  return { kind: 'retry', failure, delaySeconds: retryDelaySeconds * 2 ** (tries - 1) }
}

/** Whether an error, or one of its causes, says that a thread of the job was ended because its memory was full. */
function isOutOfMemory(error: unknown): boolean {
  for (let each = error, depth = 0; each instanceof Error && depth < 8; each = each.cause, depth++)
    if (codeOf(each) === 'ERR_WORKER_OUT_OF_MEMORY') return true
  return false
}

function failed(message: string): Ending {
  return { kind: 'failed', failure: { name: 'Error', message } }
}
