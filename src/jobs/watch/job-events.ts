import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { chunks } from '#lib/chunks.ts'
import type { Clock } from '#lib/clock.ts'
import type { Log } from '#lib/log.ts'
import type { JobRecord, Visibility } from '../model/job-record.ts'
import { selectRecords } from '../read/select-records.ts'
import { createChangePoll } from './change-poll.ts'

export interface JobSubscriber {
  visibility: Visibility
  /** A job the subscriber may see, as it is now. Changes close together come as one. */
  onJob(job: JobRecord): void
  /** Changes may have been missed: read the jobs again. */
  onReset(): void
}

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

/** Milliseconds to collect changes before reading them. */
const COLLECT = 100
const CHUNK = 200

/**
 * Notifies subscribers of changed jobs. It reads the rows once for all of them, shortly after the first notification, so a
 * hundred clients cost as much as one. A poll finds the ends that no notification announced, because the worker died right after
 * its commit.
 */
export function createJobEvents(options: { db: Db; log: Log; clock: Clock; listening(): boolean }): JobEvents {
  const { db, log } = options
  const subscribers = new Set<JobSubscriber>()
  let changedIds = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let reading = false
  let closed = false
  const poll = createChangePoll({ ...options, onChanged: collect })

  function collect(jobIds: readonly string[]): void {
    for (const id of jobIds) changedIds.add(id)
    // One read at a time, so that no older record follows a newer one. Changes collect meanwhile, each job once: a slow database
    // must not build up a queue of reads.
    if (reading || closed) return
    timer ??= setTimeout(async () => {
      timer = undefined
      const ids = [...changedIds]
      changedIds = new Set()
      reading = true
      await notify(ids)
      reading = false
      if (changedIds.size > 0) collect([])
    }, COLLECT)
  }

  async function notify(ids: readonly string[]): Promise<void> {
    try {
      for (const chunk of chunks(ids, CHUNK)) {
        if (subscribers.size === 0) return
        const records = await selectRecords(db, sql`select id from job where id = any(${chunk}::uuid[])`)
        // Oldest change first, as they happened.
        for (const job of records.toSorted((a, b) => a.updatedAt - b.updatedAt)) {
          if (!poll.seen(job)) continue
          for (const subscriber of subscribers) if (maySee(subscriber.visibility, job)) subscriber.onJob(job)
        }
      }
    } catch (error) {
      log.debug({ err: error }, 'changed jobs could not be read; subscribers must read the list again')
      for (const subscriber of subscribers) subscriber.onReset()
    }
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

function maySee(visibility: Visibility, job: JobRecord): boolean {
  return visibility.all || job.accountId === null || job.accountId === visibility.accountId
}
