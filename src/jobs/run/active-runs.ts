import { type ClaimedJob, ClaimLostError } from './claim.ts'
import { CancelledError, ShutdownError } from './stop-reasons.ts'

/** A run in progress in this process. */
export interface ActiveRun {
  /** Aborts with a CancelledError, a ShutdownError or a ClaimLostError. */
  readonly signal: AbortSignal
  loseClaim(error: ClaimLostError): void
  /** The run is over; its signal no longer aborts with its lease. */
  close(): void
}

/** The runs of this process, so that they can be stopped from outside. */
export interface ActiveRuns {
  /** @param lease aborts when the queue has lost the delivery. */
  open(claim: ClaimedJob, lease: AbortSignal): ActiveRun
  /** Stops every run, including those opened later. */
  abortAll(): void
  /** Stops the runs of these jobs; ignores jobs that do not run here. */
  cancel(jobIds: readonly string[]): void
  /** Ids of the jobs that run here. */
  ids(): string[]
}

/** A job has two runs for a moment when this process takes it over from itself; both are stopped together. */
export function createActiveRuns(): ActiveRuns {
  const controllersByJob = new Map<string, Set<AbortController>>()
  let stopping = false

  return {
    open(claim, lease) {
      const controller = new AbortController()
      const controllers = controllersByJob.get(claim.jobId) ?? new Set()
      controllersByJob.set(claim.jobId, controllers.add(controller))
      if (stopping) controller.abort(new ShutdownError())
      const onLeaseLost = () => controller.abort(new ClaimLostError(claim))
      lease.addEventListener('abort', onLeaseLost, { once: true })
      return {
        signal: controller.signal,
        loseClaim: (error) => controller.abort(error),
        close() {
          // pg-boss also aborts its signal after a normal end.
          lease.removeEventListener('abort', onLeaseLost)
          controllers.delete(controller)
          if (controllers.size === 0) controllersByJob.delete(claim.jobId)
        },
      }
    },
    abortAll() {
      stopping = true
      for (const controllers of controllersByJob.values()) abort(controllers, new ShutdownError())
    },
    cancel(jobIds) {
      for (const id of jobIds) abort(controllersByJob.get(id) ?? [], new CancelledError())
    },
    ids: () => [...controllersByJob.keys()],
  }
}

function abort(controllers: Iterable<AbortController>, reason: Error): void {
  for (const controller of controllers) controller.abort(reason)
}
