import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import { chunks } from '#lib/chunks.ts'
import type { Clock } from '#lib/clock.ts'
import type { Log } from '#lib/log.ts'
import { isActive, type JobRecord, type Visibility } from '../model/job-record.ts'
import { selectRecords } from '../read/select-records.ts'

export interface JobSubscriber {
  visibility: Visibility
  /** A job the subscriber may see, as it is now. Several changes close together come as one. */
  onJob(job: JobRecord): void
  /** Changes may have been missed: whoever keeps a picture of the jobs must read it anew. */
  onReset(): void
}

export interface JobEvents {
  /** Returns the function that ends the subscription. */
  subscribe(subscriber: JobSubscriber): () => void
  /** A notification named this job. */
  changed(jobId: string): void
  /** Notifications may have been missed up to now. */
  reset(): void
  /** How many are subscribed now. */
  subscribers(): number
  close(): void
}

const GATHER = 100
const POLL = 2_000
/** A job that ended is looked for so long, should its notification not come. */
const LATELY = 15_000
const CHUNK = 200

/**
 * Tells subscribers of changed jobs. The rows are read once for all of them, a moment after the first notification, so a
 * hundred clients cost what one costs. Every two seconds the jobs that ended within the last 15 are looked through for one that nobody
 * told of (its worker may have died right after the commit); where there is no LISTEN, the active ones are polled with them.
 */
export function createJobEvents(options: { db: Db; log: Log; clock: Clock; listening(): boolean }): JobEvents {
  const { db, log, clock } = options
  const subscribers = new Set<JobSubscriber>()
  let changedIds = new Set<string>()
  let gathering: NodeJS.Timeout | undefined
  let polling: NodeJS.Timeout | undefined
  /** Jobs of the last poll, and those told of since, with the time of the change that subscribers know. */
  let known = new Map<string, number>()
  /** When the first of the present subscribers came. */
  let since = 0
  let reading = false
  let closed = false

  function gather(): void {
    // One read after the other: an older picture of a job must not be sent after a newer one. While one is under way the changes
    // gather, each job once: a slow database must not make a queue of reads.
    if (reading || closed) return
    gathering ??= setTimeout(async () => {
      gathering = undefined
      const ids = [...changedIds]
      changedIds = new Set()
      reading = true
      await tell(ids)
      reading = false
      if (changedIds.size > 0) gather()
    }, GATHER)
  }

  async function tell(ids: readonly string[]): Promise<void> {
    try {
      for (const chunk of chunks(ids, CHUNK)) {
        if (subscribers.size === 0) return
        const records = await selectRecords(db, sql`select id from job where id = any(${chunk}::uuid[])`)
        // Oldest change first, as they happened.
        for (const job of records.toSorted((a, b) => a.updatedAt - b.updatedAt)) {
          known.set(job.id, job.updatedAt)
          for (const subscriber of subscribers) if (maySee(subscriber.visibility, job)) subscriber.onJob(job)
        }
      }
    } catch (error) {
      log.debug({ err: error }, 'changed jobs could not be read; subscribers are told to read anew')
      for (const subscriber of subscribers) subscriber.onReset()
    }
  }

  async function poll(): Promise<void> {
    try {
      // Not those that ended well before anybody listened: whoever came reads the list.
      const lately = Math.min(LATELY, clock.monotonic() - since + POLL)
      const active = sql`select id, updated_at from job where ${isActive} order by job_state desc limit 1000`
      const none = sql`select id, updated_at from job where false`
      const rows = await sql<{ id: string; updated_at: Date }>`
        (${options.listening() ? none : active})
        union all
        (select id, updated_at from job where finished_at > now() - ${lately} * interval '1 millisecond' order by finished_at desc limit 1000)
      `.execute(db)
      const seen = new Map(rows.rows.map((row) => [row.id, row.updated_at.getTime()]))
      for (const [id, updatedAt] of seen) {
        const told = known.get(id)
        if (told === undefined || told < updatedAt) changedIds.add(id)
        else seen.set(id, told)
      }
      known = seen
      if (changedIds.size > 0) gather()
    } catch (error) {
      log.debug({ err: error }, 'active jobs could not be polled')
    } finally {
      schedulePoll()
    }
  }

  function schedulePoll(): void {
    clearTimeout(polling)
    if (subscribers.size === 0 || closed) return
    polling = setTimeout(() => void poll(), POLL)
    polling.unref()
  }

  return {
    subscribe(subscriber) {
      subscribers.add(subscriber)
      if (subscribers.size === 1) {
        known = new Map()
        since = clock.monotonic()
        schedulePoll()
      }
      return () => {
        subscribers.delete(subscriber)
        if (subscribers.size === 0) clearTimeout(polling)
      }
    },
    changed(jobId) {
      if (subscribers.size === 0) return
      changedIds.add(jobId)
      gather()
    },
    reset() {
      for (const subscriber of subscribers) subscriber.onReset()
    },
    subscribers: () => subscribers.size,
    close() {
      closed = true
      clearTimeout(gathering)
      clearTimeout(polling)
      subscribers.clear()
    },
  }
}

function maySee(visibility: Visibility, job: JobRecord): boolean {
  return visibility.all || job.accountId === null || job.accountId === visibility.accountId
}
