import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import type { Log } from '#lib/log.ts'
import { isActive, type JobRecord, type JobState } from '../model/job-record.ts'

/** Looks for changed jobs that no notification announced. */
export interface ChangePoll {
  /** Starts polling. It remembers what it knew when it stopped, so that a returning client is not told the same again. */
  start(): void
  stop(): void
  /**
   * Marks a change that subscribers have been notified of, so that the poll does not report it again.
   * @returns false when they already know it.
   */
  seen(job: Pick<JobRecord, 'id' | 'updatedAt' | 'jobState'>): boolean
}

export interface ChangePollOptions {
  db: Db
  log: Log
  clock: Clock
  /** Whether notifications arrive: then only jobs that have ended are polled. */
  listening(): boolean
  onChanged(jobIds: readonly string[]): void
}

const POLL = 2_000
/** How long after its end a job is looked for, in case its notification does not come. */
const RECENT = 15_000

interface Known {
  updatedAt: number
  jobState: JobState
}

/** Polls every two seconds the jobs that ended in the last 15 seconds, and the active ones where there are no notifications. */
export function createChangePoll(options: ChangePollOptions): ChangePoll {
  const { db, log, clock } = options
  /** Jobs of the last poll and those reported since, with the time of the last change that subscribers know. */
  let known = new Map<string, Known>()
  /** Jobs reported while a poll waits for the database, whose rows may be older. */
  const reported = new Map<string, Known>()
  let startedAt = 0
  let timer: NodeJS.Timeout | undefined
  let polling = false

  async function poll(): Promise<void> {
    reported.clear()
    try {
      // Skips jobs that ended before the first subscriber came, because a subscriber reads the list first.
      const recent = Math.min(RECENT, clock.monotonic() - startedAt + POLL)
      const active = sql`select id, updated_at from job where ${isActive} order by job_state desc limit 1000`
      const none = sql`select id, updated_at from job where false`
      const rows = await sql<{ id: string; updated_at: Date }>`
        (${options.listening() ? none : active})
        union all
        (select id, updated_at from job where finished_at > now() - ${recent} * interval '1 millisecond' order by finished_at desc limit 1000)
      `.execute(db)
      const current = new Map<string, Known>()
      const changed: string[] = []
      for (const { id, updated_at: updatedAt } of rows.rows) {
        const seen = known.get(id)
        if (seen === undefined || seen.updatedAt < updatedAt.getTime()) changed.push(id)
        if (seen !== undefined) current.set(id, seen)
      }
      known = new Map([...current, ...reported])
      if (changed.length > 0) options.onChanged(changed)
    } catch (error) {
      log.debug({ err: error }, 'jobs could not be polled for changes')
    } finally {
      schedule()
    }
  }

  function schedule(): void {
    clearTimeout(timer)
    if (!polling) return
    timer = setTimeout(() => void poll(), POLL)
    timer.unref()
  }

  return {
    start() {
      startedAt = clock.monotonic()
      polling = true
      schedule()
    },
    stop() {
      polling = false
      clearTimeout(timer)
    },
    seen({ id, updatedAt, jobState }) {
      const seen = known.get(id)
      // A poll that was under way when the change was read reports it too. Two changes within a millisecond differ in the state.
      if (seen?.updatedAt === updatedAt && seen.jobState === jobState) return false
      known.set(id, { updatedAt, jobState })
      reported.set(id, { updatedAt, jobState })
      return true
    },
  }
}
