import type { Db } from '#db/database.ts'
import { isPassing, reachDatabase } from '#db/reach-database.ts'
import type { Clock } from '#lib/clock.ts'
import { messageOf, PermanentError } from '#lib/errors.ts'
import { newId } from '#lib/ids.ts'
import type { Log } from '#lib/log.ts'
import { failActiveSpan, inSpan } from '#lib/trace.ts'
import type { Faults } from '../model/faults.ts'
import { FanOut, type JobResult, type JobType, type QueueName } from '../model/job-type.ts'
import { cleanLogText } from '../model/log-text.ts'
import type { Registry } from '../model/registry.ts'
import type { Delivery, DeliveryQueue } from '../queue/delivery-queue.ts'
import { jobTypeActive } from '../queue/enqueue.ts'
import type { Announcer } from '../watch/announcer.ts'
import type { JobMetrics } from '../watch/job-metrics.ts'
import { type ClaimedJob, ClaimLostError } from './claim.ts'
import { claimJob } from './claim-job.ts'
import { putJobBack } from './put-back.ts'
import type { Run } from './run.ts'
import { createRunContext } from './run-context.ts'
import { readHistory, type StoredStep } from './run-history.ts'
import { createRunWriter, type RunWriter } from './run-writer.ts'
import { type JobFailure, settleRun } from './settle.ts'
import { startChildren } from './start-children.ts'
import { createTreeProgress } from './tree-progress.ts'

/** A job that failed or lost its worker this many times is failed for good. */
const TRIES = 3

type Outcome = { result: JobResult | FanOut } | { error: unknown }

/** The server stops: a run that sees this reason goes back to the queue and loses nothing. */
export class ShutdownError extends Error {
  override readonly name = 'ShutdownError'
  constructor() {
    super('the server is stopping')
  }
}

/** Somebody cancelled the job. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError'
  constructor() {
    super('the job was cancelled')
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
  /** Aborts the runs of these jobs, if they run here, because their cancel was requested. */
  cancel(jobIds: readonly string[]): void
  /** Ids of the jobs that run here. */
  active(): string[]
}

export interface RunnerOptions {
  db: Db
  deliveryQueue: DeliveryQueue
  registry: Registry
  clock: Clock
  log: Log
  metrics: JobMetrics
  announcer: Announcer
  /** Wait before the second try, in seconds; doubled for the third. */
  retryDelaySeconds: number
  /** How long an aborted handler may take to stop by itself before it is left behind. */
  stopMilliseconds: number
  faults?: Faults | undefined
}

export function createRunner(options: RunnerOptions): Runner {
  const { db, deliveryQueue, registry, clock, log, metrics, announcer, faults } = options
  const treeProgress = createTreeProgress(db, log, announcer)
  const running = new Map<string, Set<AbortController>>()
  let stopping = false

  async function run(queue: QueueName, delivery: Delivery): Promise<void> {
    try {
      await faults?.hit('before-claim')
      const token = newId()
      const job = await reachDatabase(clock, () => claimJob(db, delivery, token, faults))
      if (job === null) {
        log.debug({ jobId: delivery.jobId, delivery: delivery.number }, 'delivery refused: the job has ended or is claimed anew')
        return
      }
      announcer.changed(job.jobId)
      const run: Run = { claim: job, queue, delivery, faults }
      metrics.claimed(job.jobType, job.waitedSeconds)
      if (job.takenOver) {
        metrics.claimLost('taken_over')
        log.warn(named(run), 'the worker of an earlier attempt was lost; this one takes the job over')
      }
      await inSpan(`job ${job.jobType}`, attributesOf(run), () => runClaimed(run))
    } catch (error) {
      if (error instanceof ClaimLostError) {
        metrics.claimLost('fenced')
        log.warn(error.claim, error.message)
        return
      }
      log.error({ err: error, jobId: delivery.jobId }, 'a run could not be recorded; the job will be delivered again')
      throw error
    }
  }

  async function runClaimed(run: Run): Promise<void> {
    const { claim: job, delivery } = run
    const controller = new AbortController()
    const controllers = running.get(job.jobId) ?? new Set()
    running.set(job.jobId, controllers.add(controller))
    if (stopping) controller.abort(new ShutdownError())
    let settled = false
    // pg-boss aborts its signal after a normal end too: only an abort during the run means that the lease is gone.
    const onLeaseLost = () => settled || controller.abort(new ClaimLostError(job))
    delivery.signal.addEventListener('abort', onLeaseLost, { once: true })
    let writer: RunWriter | null = null
    try {
      const onClaimLost = (error: ClaimLostError) => controller.abort(error)
      const { steps, lastSeq } = job.history ?? (await reachDatabase(clock, () => readHistory(db, job.jobId)))
      writer = createRunWriter({ db, clock, log, announcer, claim: job, lastSeq, onClaimLost, afterFlush })
      await faults?.hit('after-claim')
      await attempt(run, writer, steps, controller.signal)
    } finally {
      settled = true
      writer?.stop()
      delivery.signal.removeEventListener('abort', onLeaseLost)
      controllers.delete(controller)
      if (controllers.size === 0) running.delete(job.jobId)
    }
    if (job.parentJobId !== null) await treeProgress.show(job.parentJobId)

    async function afterFlush(percentChanged: boolean) {
      if (percentChanged && job.parentJobId !== null) await treeProgress.show(job.parentJobId)
    }
  }

  async function attempt(run: Run, writer: RunWriter, steps: readonly StoredStep[], signal: AbortSignal): Promise<void> {
    const job = run.claim
    const type = registry.get(job.jobType)
    if (job.cancelRequested) return await end(run, writer, new CancelledError())
    if (type === undefined) return await end(run, writer, new Error(`this server has no handler for jobs of type ${job.jobType}`))
    if (job.tries > TRIES) {
      return await end(
        run,
        writer,
        new Error(`the worker was lost ${TRIES} times while running this job, so it is not tried again`),
      )
    }
    if (job.attempt > 1) writer.line('info', `Attempt ${job.attempt}: going on after the last finished step`)
    // Too late to begin: a handler that does not look at its signal would run on for the whole grace.
    const outcome = signal.aborted ? { error: signal.reason as unknown } : await execute(type, job, writer, steps, signal)
    await writer.flush()
    if ('error' in outcome) await settleError(run, writer, outcome.error)
    else if (outcome.result instanceof FanOut && outcome.result.children.length > 0) await spread(run, writer, outcome.result)
    else {
      const result = outcome.result instanceof FanOut ? outcome.result.result : outcome.result
      await orFail(run, writer, async () => {
        metrics.ended(await reachDatabase(clock, () => settleRun(db, deliveryQueue, run, { state: 'completed', result })))
        announcer.changed(job.jobId)
        log.info(named(run), 'job completed')
      })
    }
  }

  /** What the database refuses to store is the job's own failure: delivered again, it would end as a lost worker. */
  async function orFail(run: Run, writer: RunWriter, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (error instanceof ClaimLostError || isPassing(error)) throw error
      await settleError(run, writer, error)
    }
  }

  async function execute(
    type: JobType,
    job: ClaimedJob,
    writer: RunWriter,
    steps: readonly StoredStep[],
    signal: AbortSignal,
  ): Promise<Outcome> {
    const leftBehind = Promise.withResolvers<never>()
    const end = new AbortController()
    let timer: NodeJS.Timeout | undefined
    const onAbort = () => {
      timer = setTimeout(() => {
        leftBehind.reject(signal.reason)
        end.abort(signal.reason)
      }, options.stopMilliseconds)
    }
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
    try {
      const context = createRunContext({ db, clock, job, steps, writer, signal, endSignal: end.signal, faults })
      const handler = type.run(context)
      // A handler that is left behind may still throw, with nobody to hear it.
      handler.catch(() => {})
      return { result: await Promise.race([handler, leftBehind.promise]) }
    } catch (error) {
      // After an abort a handler may throw anything; the reason of the abort is what happened.
      return { error: signal.aborted ? signal.reason : error }
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    }
  }

  async function spread(run: Run, writer: RunWriter, plan: FanOut): Promise<void> {
    writer.line('info', `Going on as ${plan.children.length} child jobs`)
    await writer.flush()
    await orFail(run, writer, async () => {
      const done = await reachDatabase(clock, () => startChildren(db, deliveryQueue, registry, run, plan)).catch((error) => {
        throw jobTypeActive(error) ?? error
      })
      if (!done) return await end(run, writer, new CancelledError())
      for (const child of plan.children) metrics.created(child.jobType)
      log.info({ ...named(run), children: plan.children.length }, 'job goes on as its children')
    })
  }

  async function settleError(run: Run, writer: RunWriter, error: unknown): Promise<void> {
    const job = run.claim
    failActiveSpan(error)
    if (error instanceof ClaimLostError) throw error
    if (error instanceof CancelledError) return await end(run, writer, error)
    if (error instanceof ShutdownError) {
      writer.line('info', 'The server is stopping: the job goes on at the next start')
      return await putBack(run, writer, { delaySeconds: 0, counts: false, failure: null })
    }
    const message = messageOf(error)
    log.warn({ err: error, ...named(run) }, 'job attempt failed')
    if (error instanceof PermanentError || job.tries >= TRIES) return await end(run, writer, error)
    const delaySeconds = options.retryDelaySeconds * 2 ** (job.tries - 1)
    writer.line('warning', `Try ${job.tries} of ${TRIES} failed: ${message}. Trying again in ${delaySeconds} seconds`)
    await putBack(run, writer, { delaySeconds, counts: true, failure: failureOf(error) })
  }

  async function putBack(run: Run, writer: RunWriter, how: Parameters<typeof putJobBack>[3]): Promise<void> {
    await writer.flush()
    const done = await reachDatabase(clock, () => putJobBack(db, deliveryQueue, run, how))
    if (!done) return await end(run, writer, new CancelledError())
    announcer.changed(run.claim.jobId)
  }

  /** The last line and the end of a run that did not complete. */
  async function end(run: Run, writer: RunWriter, error: unknown): Promise<void> {
    const cancelled = error instanceof CancelledError
    const failure = failureOf(error)
    if (cancelled) writer.line('warning', 'Cancelled')
    else writer.line('error', `Failed: ${failure.message}`)
    await writer.flush()
    const ended = await reachDatabase(clock, () =>
      settleRun(db, deliveryQueue, run, cancelled ? { state: 'cancelled' } : { state: 'failed', failure }),
    )
    metrics.ended(ended)
    announcer.changed(run.claim.jobId)
    log.warn(named(run), cancelled ? 'job cancelled' : `job ${ended[0].state}: ${failure.message}`)
  }

  function abort(controllers: Iterable<AbortController>, reason: Error): void {
    for (const controller of controllers) controller.abort(reason)
  }

  return {
    run,
    abortAll() {
      stopping = true
      for (const controllers of running.values()) abort(controllers, new ShutdownError())
    },
    cancel(jobIds) {
      for (const id of jobIds) abort(running.get(id) ?? [], new CancelledError())
    },
    active: () => [...running.keys()],
  }
}

/** What every log line about a run says. */
function named({ claim }: Run) {
  return { jobId: claim.jobId, jobType: claim.jobType, attempt: claim.attempt }
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

function failureOf(error: unknown): JobFailure {
  return { name: error instanceof Error ? error.name : 'Error', message: cleanLogText(messageOf(error)) }
}
