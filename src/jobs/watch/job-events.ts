import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { chunks } from '#lib/chunks.ts'
import type { Clock } from '#lib/clock.ts'
import type { Log } from '#lib/log.ts'
import type { JobRecord, Visibility } from '../model/job-record.ts'
import type { JobSummary } from '../model/job-summary.ts'
import type { QueuePlaces } from '../queue/delivery-queue.ts'
import { selectRecords } from '../read/select-records.ts'
import { selectSummaries } from '../read/select-summaries.ts'
import { createChangePoll } from './change-poll.ts'

interface Subscriber {
  visibility: Visibility
  /** Changes may have been missed: read the jobs again. */
  onReset(): void
}

/** Receives each job that has changed and that it may see, as it is now, in full or as a summary. Changes close together come as one. */
export type JobSubscriber =
  | (Subscriber & { view?: 'full'; onJob(job: JobRecord): void })
  | (Subscriber & { view: 'summary'; onJob(job: JobSummary): void })

export interface JobEvents {
  /** Returns the function that ends the subscription. */
  subscribe(subscriber: JobSubscriber): () => void
  /** A notification named this job. */
  changed(jobId: string): void
  /** Notifications may have been missed until now. */
  reset(): void
  /** The number of current subscribers. */
  subscribers(): number
  close(): void
}

/** Least milliseconds between two reads; changes meanwhile are collected. */
const COLLECT = 100
/** Milliseconds to collect after a quiet time, so that a single change is reported at once. */
const COLLECT_FIRST = 10
const CHUNK = 200

/**
 * Notifies subscribers of changed jobs. It reads the rows once for all of them, shortly after the first notification, so a
 * hundred clients cost as much as one. A poll finds the ends that no notification announced, because the worker died right after
 * its commit.
 */
export function createJobEvents(options: {
  db: Db
  log: Log
  clock: Clock
  queue: QueuePlaces
  listening(): boolean
}): JobEvents {
  const { db, log } = options
  const subscribers = new Set<JobSubscriber>()
  let changedIds = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let reading = false
  let readAt = Number.NEGATIVE_INFINITY
  let closed = false
  const poll = createChangePoll({ ...options, onChanged: collect })

  function collect(jobIds: readonly string[]): void {
    for (const id of jobIds) changedIds.add(id)
    // One read at a time, so that no older record follows a newer one. Changes are collected in the meantime, each job once, so that a slow
    // database does not build up a queue of reads.
    if (reading || closed) return
    const wait = Math.max(COLLECT_FIRST, readAt + COLLECT - performance.now())
    timer ??= setTimeout(async () => {
      timer = undefined
      const ids = [...changedIds]
      changedIds = new Set()
      reading = true
      await notify(ids)
      reading = false
      readAt = performance.now()
      if (changedIds.size > 0) collect([])
    }, wait)
  }

  async function notify(ids: readonly string[]): Promise<void> {
    try {
      for (const chunk of chunks(ids, CHUNK)) {
        if (subscribers.size === 0) return
        for (const change of await readChanges(chunk)) {
          if (!poll.seen(change.oldest)) continue
          for (const subscriber of subscribers) {
            if (!maySee(subscriber.visibility, change.oldest)) continue
            deliver(subscriber, change)
          }
        }
      }
    } catch (error) {
      log.debug({ err: error }, 'changed jobs could not be read; subscribers must read the list again')
      for (const subscriber of subscribers) subscriber.onReset()
    }
  }

  /** The jobs in the views that subscribers want, oldest change first, as they happened. */
  async function readChanges(jobIds: readonly string[]): Promise<Change[]> {
    const ids = sql`select id from job where id = any(${jobIds}::uuid[])`
    const wanted = new Set([...subscribers].map(({ view }) => view ?? 'full'))
    const full = wanted.has('full') ? await selectRecords(db, ids) : []
    const summaries = wanted.has('summary') ? await selectSummaries(db, ids, options.queue) : []
    const changes = new Map<string, Change>(full.map((job) => [job.id, { oldest: job, full: job }]))
    for (const summary of summaries) {
      const change = changes.get(summary.id)
      // A job may change between the two reads. Its subscribers know the older state: the next read brings the newer one to both.
      changes.set(summary.id, { ...change, oldest: change?.oldest ?? summary, summary })
    }
    return [...changes.values()].toSorted((a, b) => a.oldest.updatedAt - b.oldest.updatedAt)
  }

  return {
    subscribe(subscriber) {
      subscribers.add(subscriber)
      if (subscribers.size === 1) poll.start()
      return () => {
        subscribers.delete(subscriber)
        if (subscribers.size === 0) poll.stop()
      }
    },
    changed(jobId) {
      if (subscribers.size > 0) collect([jobId])
    },
    reset() {
      for (const subscriber of subscribers) subscriber.onReset()
    },
    subscribers: () => subscribers.size,
    close() {
      closed = true
      clearTimeout(timer)
      poll.stop()
      subscribers.clear()
    },
  }
}

function deliver(subscriber: JobSubscriber, { full, summary }: Change): void {
  if (subscriber.view === 'summary' && summary !== undefined) subscriber.onJob(summary)
  else if (subscriber.view !== 'summary' && full !== undefined) subscriber.onJob(full)
  // The subscriber came during the read, which did not know that this view is wanted.
  else subscriber.onReset()
}

interface Change {
  /** The view that was read first. */
  oldest: Pick<JobRecord, 'id' | 'updatedAt' | 'jobState' | 'accountId'>
  full?: JobRecord
  summary?: JobSummary
}

function maySee(visibility: Visibility, job: Pick<JobRecord, 'accountId'>): boolean {
  return visibility.all || job.accountId === null || job.accountId === visibility.accountId
}
