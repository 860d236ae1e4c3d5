import type { Db } from '#db/database.ts'
import { isPassing, reachDatabase } from '#db/reach-database.ts'
import type { Clock } from '#lib/clock.ts'
import type { Log } from '#lib/log.ts'
import type { FanOut } from '../model/job-type.ts'
import type { Registry } from '../model/registry.ts'
import type { DeliveryQueue } from '../queue/delivery-queue.ts'
import { jobTypeActive } from '../queue/enqueue.ts'
import type { Announcer } from '../watch/announcer.ts'
import type { JobMetrics } from '../watch/job-metrics.ts'
import { ClaimLostError } from './claim.ts'
import { type Ending, type Outcome, TRIES } from './decide-ending.ts'
import { putJobBack } from './put-back.ts'
import { logFieldsOf, type Run } from './run.ts'
import type { RunWriter } from './run-writer.ts'
import { type FinalState, settleRun } from './settle.ts'
import { startChildren } from './start-children.ts'

export interface EndingServices {
  db: Db
  deliveryQueue: DeliveryQueue
  registry: Registry
  clock: Clock
  log: Log
  metrics: JobMetrics
  announcer: Announcer
}

/**
 * Records how a run ends: its last log line, its tables and its queue entry.
 *
 * @returns null when the ending is recorded. Otherwise what prevented it, to be decided on next: a cancel that came first, or an
 *   error of the database about what the job wanted to store. `cancelled` and `failed` are never prevented.
 * @throws ClaimLostError; an error of the database that says nothing about the job.
 */
export async function applyEnding(
  services: EndingServices,
  run: Run,
  writer: RunWriter,
  ending: Ending,
): Promise<Outcome | null> {
  switch (ending.kind) {
    case 'completed':
      return await refusalOf(() => complete(services, run, ending.result))
    case 'children':
      return await refusalOf(() => continueAsChildren(services, run, writer, ending.plan))
    case 'retry': {
      const { failure, delaySeconds } = ending
      const line = `Try ${run.claim.tries} of ${TRIES} failed: ${failure.message}. Retrying in ${delaySeconds} seconds`
      writer.line('warning', line)
      return await putBack(services, run, writer, { delaySeconds, counts: true, failure })
    }
    case 'put-back':
      writer.line('info', 'The server is stopping; the job continues at the next start')
      return await putBack(services, run, writer, { delaySeconds: 0, counts: false, failure: null })
    case 'cancelled':
      writer.line('warning', 'Cancelled')
      return await settleUnsuccessful(services, run, writer, { state: 'cancelled', result: ending.result })
    case 'failed':
      writer.line('error', `Failed: ${ending.failure.message}`)
      return await settleUnsuccessful(services, run, writer, { state: 'failed', failure: ending.failure })
    case 'claim-lost':
      throw ending.error
  }
}

/** If the database refuses to store the result, the job itself has failed; delivering it again would look like a lost worker. */
async function refusalOf(work: () => Promise<Outcome | null>): Promise<Outcome | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ClaimLostError || isPassing(error)) throw error
    return { kind: 'threw', error }
  }
}

async function complete(services: EndingServices, run: Run, result: Record<string, unknown>): Promise<null> {
  const { db, deliveryQueue, clock, log, metrics, announcer } = services
  metrics.ended(await reachDatabase(clock, () => settleRun(db, deliveryQueue, run, { state: 'completed', result })))
  announcer.changed(run.claim.jobId)
  log.info(logFieldsOf(run), 'job completed')
  return null
}

async function continueAsChildren(services: EndingServices, run: Run, writer: RunWriter, plan: FanOut): Promise<Outcome | null> {
  const { db, deliveryQueue, registry, clock, log, metrics } = services
  const count = plan.children.length
  writer.line('info', `Continuing as ${count} child ${count === 1 ? 'job' : 'jobs'}`)
  await writer.flush()
  const started = await reachDatabase(clock, () => startChildren(db, deliveryQueue, registry, run, plan)).catch(async (error) => {
    throw (await jobTypeActive(db, error)) ?? error
  })
  if (!started) return { kind: 'cancelled' }
  for (const child of plan.children) metrics.created(child.jobType)
  log.info({ ...logFieldsOf(run), children: count }, 'job continues as child jobs')
  return null
}

async function putBack(
  services: EndingServices,
  run: Run,
  writer: RunWriter,
  how: Parameters<typeof putJobBack>[3],
): Promise<Outcome | null> {
  const { db, deliveryQueue, clock, announcer } = services
  await writer.flush()
  if (!(await reachDatabase(clock, () => putJobBack(db, deliveryQueue, run, how)))) return { kind: 'cancelled' }
  announcer.changed(run.claim.jobId)
  return null
}

async function settleUnsuccessful(
  services: EndingServices,
  run: Run,
  writer: RunWriter,
  final: Exclude<FinalState, { state: 'completed' }>,
): Promise<null> {
  const { db, deliveryQueue, clock, log, metrics, announcer } = services
  await writer.flush()
  const jobs = await reachDatabase(clock, () => settleRun(db, deliveryQueue, run, final))
  metrics.ended(jobs)
  announcer.changed(run.claim.jobId)
  log.warn(logFieldsOf(run), final.state === 'cancelled' ? 'job cancelled' : `job ${jobs[0].state}: ${final.failure.message}`)
  return null
}
