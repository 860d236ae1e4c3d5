import { reachDatabase } from '#db/reach-database.ts'
import { newId } from '#lib/ids.ts'
import { failActiveSpan, inSpan } from '#lib/trace.ts'
import type { Faults } from '../model/faults.ts'
import type { QueueName } from '../model/job-type.ts'
import type { Delivery } from '../queue/delivery-queue.ts'
import { type ActiveRun, createActiveRuns } from './active-runs.ts'
import { applyEnding, type EndingServices } from './apply-ending.ts'
import { ClaimLostError } from './claim.ts'
import { claimJob } from './claim-job.ts'
import { decideEnding, MEMORY_TRIES, type Outcome, TRIES } from './decide-ending.ts'
import { executeHandler } from './execute-handler.ts'
import { logFieldsOf, type Run } from './run.ts'
import { readHistory, type StoredStep } from './run-history.ts'
import { createRunWriter, type RunWriter } from './run-writer.ts'
import { createTreeProgress } from './tree-progress.ts'

export interface Runner {
  /**
   * Runs one delivery to its end. A job that fails does not throw; its row records the failure. Throws when the end could not be
   * recorded: the queue must deliver the job again.
   */
  run(queue: QueueName, delivery: Delivery): Promise<void>
  /** Aborts every run; each puts its job back. */
  abortAll(): void
  /** Aborts the runs of these jobs, if they run here, because their cancel was requested. */
  cancel(jobIds: readonly string[]): void
  /** Ids of the jobs that run here. */
  active(): string[]
}

export interface RunnerOptions extends EndingServices {
  /** Wait before the second try, in seconds; doubled for the third. */
  retryDelaySeconds: number
  /** How long an aborted handler may take to stop before it is left behind. */
  stopMilliseconds: number
  /** Of this process, as its claims name it. */
  processId: string | null
  faults?: Faults | undefined
}

/** Runs deliveries: claims the job, executes its handler, decides how the run ends and records it. */
export function createRunner(options: RunnerOptions): Runner {
  const { db, clock, log, metrics, announcer, faults } = options
  const treeProgress = createTreeProgress(db, log, announcer)
  const runs = createActiveRuns()

  async function runClaimed(run: Run): Promise<void> {
    const { jobId, parentJobId } = run.claim
    const active = runs.open(run.claim, run.delivery.signal)
    let writer: RunWriter | null = null
    try {
      const { steps, lastSeq } = run.claim.history ?? (await reachDatabase(clock, () => readHistory(db, jobId)))
      const showProgress = async (percentChanged: boolean) => {
        if (percentChanged && parentJobId !== null) await treeProgress.show(parentJobId)
      }
      writer = createRunWriter({
        db,
        clock,
        log,
        announcer,
        claim: run.claim,
        lastSeq,
        onClaimLost: active.loseClaim,
        afterFlush: showProgress,
      })
      await faults?.hit('after-claim')
      await conclude(options, run, writer, await attempt(options, run, writer, steps, active))
    } finally {
      writer?.stop()
      active.close()
    }
    if (parentJobId !== null) await treeProgress.show(parentJobId)
  }

  return {
    async run(queue, delivery) {
      try {
        const run = await claimDelivery(options, queue, delivery)
        if (run !== null) await inSpan(`job ${run.claim.jobType}`, attributesOf(run), () => runClaimed(run))
      } catch (error) {
        if (!(error instanceof ClaimLostError)) {
          log.error({ err: error, jobId: delivery.jobId }, 'a run could not be recorded; the job will be delivered again')
          throw error
        }
        metrics.claimLost('fenced')
        log.warn(error.claim, error.message)
      }
    },
    abortAll: runs.abortAll,
    cancel: runs.cancel,
    active: runs.ids,
  }
}

/** Claims a delivered job; null when the delivery is out of date. */
async function claimDelivery(options: RunnerOptions, queue: QueueName, delivery: Delivery): Promise<Run | null> {
  const { db, clock, log, metrics, announcer, faults } = options
  await faults?.hit('before-claim')
  const token = newId()
  const claim = await reachDatabase(clock, () => claimJob(db, delivery, token, faults, options.processId))
  if (claim === null) {
    const fields = { jobId: delivery.jobId, delivery: delivery.number }
    log.debug(fields, 'delivery refused: the job has ended or another delivery has claimed it')
    return null
  }
  const run: Run = { claim, queue, delivery, faults }
  announcer.changed(claim.jobId)
  metrics.claimed(claim.jobType, claim.waitedSeconds)
  if (claim.takenOver) {
    metrics.claimLost('taken_over')
    log.warn(logFieldsOf(run), 'an earlier attempt lost its worker; this attempt takes the job over')
  }
  return run
}

/** Executes the job's handler unless there is a reason not to; returns what became of it. */
async function attempt(
  options: RunnerOptions,
  run: Run,
  writer: RunWriter,
  steps: readonly StoredStep[],
  { signal }: ActiveRun,
): Promise<Outcome> {
  const { db, clock, registry, stopMilliseconds, faults } = options
  const job = run.claim
  const type = registry.get(job.jobType)
  if (job.cancelRequested) return { kind: 'cancelled' }
  if (type === undefined) return { kind: 'unknown-type', jobType: job.jobType }
  if (job.memoryLosses >= MEMORY_TRIES) return { kind: 'out-of-memory' }
  if (job.tries > TRIES) return { kind: 'lost-too-often' }
  if (job.attempt > 1) {
    const from = steps.some((step) => step.completed) ? 'continuing after the last completed step' : 'beginning at the first step'
    writer.line('info', `Attempt ${job.attempt}: ${from}`)
  }
  const outcome = await executeHandler(type, { db, clock, job, steps, writer, signal, stopMilliseconds, faults })
  await writer.flush()
  return outcome
}

/** Records the end of a run. What prevents one ending decides the next: a result that the database refuses fails the job. */
async function conclude(options: RunnerOptions, run: Run, writer: RunWriter, outcome: Outcome): Promise<void> {
  for (let next: Outcome | null = outcome; next !== null; ) {
    const ending = decideEnding(next, run.claim.tries, options.retryDelaySeconds)
    if (next.kind === 'threw') {
      failActiveSpan(next.error)
      if (ending.kind === 'failed' || ending.kind === 'retry')
        options.log.warn({ err: next.error, ...logFieldsOf(run) }, 'job attempt failed')
    }
    next = await applyEnding(options, run, writer, ending)
  }
}

function attributesOf({ claim, queue }: Run) {
  return {
    'chartroom.job.id': claim.jobId,
    'chartroom.job.type': claim.jobType,
    'chartroom.job.attempt': claim.attempt,
    'chartroom.job.queue': queue,
    ...(claim.parentJobId === null ? {} : { 'chartroom.job.parent_id': claim.parentJobId }),
  }
}
