import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { Log } from '#lib/log.ts'
import { CHANGED_CHANNEL } from '../model/announce.ts'

/** Announces changed jobs outside the transactions that change them. */
export interface Announcer {
  /** Notifies listeners of a changed job a moment later. Call it after the commit of the change. */
  changed(jobId: string): void
  /** Sends what is waiting, and nothing later. */
  close(): Promise<void>
}

/** Milliseconds to collect changes. Listeners collect, too, before they read. */
const COLLECT = 20

/**
 * Announces the claim, progress and end of every run, in statements of their own. PostgreSQL serialises commits that notify, each
 * waiting for the disk, so announcing inside the runs' transactions would make four workers as slow as one. If a process dies
 * before it announces an end, the poll of `createJobEvents` finds it.
 */
export function createAnnouncer(db: Db, log: Log): Announcer {
  let waiting = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let announcing: Promise<void> = Promise.resolve()
  let closed = false

  async function announce(): Promise<void> {
    timer = undefined
    const ids = [...waiting]
    waiting = new Set()
    if (ids.length === 0) return
    try {
      await sql`
        with no_wait as materialized (select set_config('synchronous_commit', 'off', true))
        select pg_notify(${CHANGED_CHANNEL}, id::text) from no_wait, unnest(${ids}::uuid[]) as changed (id)
      `.execute(db)
    } catch (error) {
      // Listeners read everything again once the database is back.
      log.debug({ err: error, jobs: ids.length }, 'changed jobs could not be announced')
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer)
    announcing = announcing.then(announce)
    return announcing
  }

  return {
    changed(jobId) {
      if (closed) return
      waiting.add(jobId)
      timer ??= setTimeout(() => void flush(), COLLECT)
    },
    async close() {
      // First, because a change during the flush would start a timer that fires after the database is closed.
      closed = true
      await flush()
    },
  }
}
