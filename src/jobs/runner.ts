import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { messageOf, PermanentError } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import type { Boss, Delivery } from './boss.ts'
import { type ClaimedJob, ClaimLostError, claimJob } from './claim.ts'
import type { JobResult, JobType, QueueName } from './job-type.ts'
import { reachDatabase } from './reach-database.ts'
import type { Registry } from './registry.ts'
import { createRunContext } from './run-context.ts'
import { createRunWriter, type RunWriter } from './run-writer.ts'
import { putJobBack, type Run, settleCompleted, settleFailed } from './settle.ts'

/** A job that failed or lost its worker this many times is failed for good. */
const TRIES = 3

type Outcome = { result: JobResult } | { error: unknown }

/** The server stops: a run that sees this reason goes back to the queue and loses nothing. */
export class ShutdownError extends Error {
  override readonly name = 'ShutdownError'
  constructor() {
    super('the server is stopping')
  }
}

export interface Runner {
  /**
   * Runs one delivery to its end. A failing job does not throw, its row says so; what throws is a run whose end could not be
   * recorded, and the queue must deliver that again.
   */
  run(queue: QueueName, delivery: Delivery): Promise<void>
  /** Aborts every run; each hands its job back. */
  abortAll(): void
  active(): number
}

export interface RunnerOptions {
  db: Db
  boss: Boss
  registry: Registry
  clock: Clock
  log: Log
  /** Wait before the second try, in seconds; doubled for the third. */
  retryDelaySeconds: number
}

export function createRunner(options: RunnerOptions): Runner {
  const { db, boss, registry, clock, log } = options
  const running = new Set<AbortController>()
  let stopping = false

  async function run(queue: QueueName, delivery: Delivery): Promise<void> {
    try {
      const job = await reachDatabase(clock, () => claimJob(db, delivery))
      if (job === null) {
        log.debug({ jobId: delivery.jobId, delivery: delivery.number }, 'delivery refused: the job has ended or is claimed anew')
        return
      }
      await runClaimed(queue, delivery, job)
    } catch (error) {
      if (error instanceof ClaimLostError) {
        log.warn({ jobId: delivery.jobId }, error.message)
        return
      }
      log.error({ err: error, jobId: delivery.jobId }, 'a run could not be recorded; the job will be delivered again')
      throw error
    }
  }

  async function runClaimed(queue: QueueName, delivery: Delivery, job: ClaimedJob): Promise<void> {
    const controller = new AbortController()
    running.add(controller)
    if (stopping) controller.abort(new ShutdownError())
    const run: Run = { claim: job, queue, delivery }
    let settled = false
    // pg-boss aborts its signal after a normal end too: only an abort during the run means that the lease is gone.
    const onLeaseLost = () => settled || controller.abort(new ClaimLostError(job))
    delivery.signal.addEventListener('abort', onLeaseLost, { once: true })
    let writer: RunWriter | null = null
    try {
      const onClaimLost = (error: ClaimLostError) => controller.abort(error)
      writer = await reachDatabase(clock, () => createRunWriter({ db, clock, log, claim: job, onClaimLost }))
      await attempt(run, job, writer, controller.signal)
    } finally {
      settled = true
      writer?.stop()
      delivery.signal.removeEventListener('abort', onLeaseLost)
      running.delete(controller)
    }
  }

  async function attempt(run: Run, job: ClaimedJob, writer: RunWriter, signal: AbortSignal): Promise<void> {
    const type = registry.get(job.jobType)
    if (type === undefined) {
      await end(run, writer, `this server has no handler for jobs of type ${job.jobType}`)
      return
    }
    if (job.tries > TRIES) {
      await end(run, writer, `the worker was lost ${TRIES} times while running this job, so it is not tried again`)
      return
    }
    if (job.attempt > 1) writer.line('info', `Attempt ${job.attempt}: going on after the last finished step`)
    const outcome = await execute(type, job, writer, signal)
    await writer.flush()
    if ('result' in outcome) {
      await reachDatabase(clock, () => settleCompleted(db, boss, run, outcome.result))
      log.info({ jobId: job.jobId, jobType: job.jobType, attempt: job.attempt }, 'job completed')
    } else await settleError(run, job, writer, outcome.error)
  }

  async function execute(type: JobType, job: ClaimedJob, writer: RunWriter, signal: AbortSignal): Promise<Outcome> {
    try {
      const context = await createRunContext({ db, clock, job, writer, signal })
      const result = await type.run(context)
      return { result }
    } catch (error) {
      // After an abort a handler may throw anything; the reason of the abort is what happened.
      return { error: signal.aborted ? signal.reason : error }
    }
  }

  async function settleError(run: Run, job: ClaimedJob, writer: RunWriter, error: unknown): Promise<void> {
    if (error instanceof ClaimLostError) throw error
    if (error instanceof ShutdownError) {
      writer.line('info', 'The server is stopping: the job goes on at the next start')
      await writer.flush()
      await reachDatabase(clock, () => putJobBack(db, boss, run, { delaySeconds: 0, counts: false, failure: null }))
      log.info({ jobId: job.jobId, jobType: job.jobType }, 'job handed back: the server is stopping')
      return
    }
    const message = messageOf(error)
    log.warn({ err: error, jobId: job.jobId, jobType: job.jobType, attempt: job.attempt }, 'job attempt failed')
    if (error instanceof PermanentError || job.tries >= TRIES) {
      await end(run, writer, message)
      return
    }
    const delaySeconds = options.retryDelaySeconds * 2 ** (job.tries - 1)
    writer.line('warning', `Try ${job.tries} of ${TRIES} failed: ${message}. Trying again in ${delaySeconds} seconds`)
    await writer.flush()
    const failure = { name: error instanceof Error ? error.name : 'Error', message }
    await reachDatabase(clock, () => putJobBack(db, boss, run, { delaySeconds, counts: true, failure }))
  }

  async function end(run: Run, writer: RunWriter, message: string): Promise<void> {
    writer.line('error', `Failed: ${message}`)
    await writer.flush()
    await reachDatabase(clock, () => settleFailed(db, boss, run, { name: 'JobFailed', message }))
    log.error({ jobId: run.claim.jobId }, `job failed: ${message}`)
  }

  return {
    run,
    abortAll() {
      stopping = true
      for (const controller of running) controller.abort(new ShutdownError())
    },
    active: () => running.size,
  }
}
