import { sql } from 'kysely'
import type { Db } from '#db/database.ts'
import type { Log } from '#lib/log.ts'
import { CHANGED_CHANNEL } from '../model/announce.ts'

export interface Announcer {
  /** Tells listeners of a changed job a moment later. Called after the commit of what has changed. */
  changed(jobId: string): void
  /** Tells what is waiting now, and nothing after that. */
  close(): Promise<void>
}

/** Listeners gather for longer than this before they read. */
const GATHER = 20

/**
 * Announces the changes that every run makes: its claim, its progress, its end. Not in their own transactions: PostgreSQL lets
 * commits that notify pass one at a time, each with its own wait for the disk, so that four workers would be no quicker than one. All
 * changes of a moment go together in a statement of their own, which does not wait for the disk, as nothing is stored. A process
 * that dies before it has told of a job's end is made up for by `createJobEvents`, which also looks at what has ended lately.
 */
export function createAnnouncer(db: Db, log: Log): Announcer {
  let waiting = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let telling: Promise<void> = Promise.resolve()
  let closed = false

  async function tell(): Promise<void> {
    timer = undefined
    const ids = [...waiting]
    waiting = new Set()
    if (ids.length === 0) return
    try {
      await sql`
        with at_once as materialized (select set_config('synchronous_commit', 'off', true))
        select pg_notify(${CHANGED_CHANNEL}, id::text) from at_once, unnest(${ids}::uuid[]) as changed (id)
      `.execute(db)
    } catch (error) {
      // Whoever listens reads everything anew once the database is back.
      log.debug({ err: error, jobs: ids.length }, 'changed jobs could not be announced')
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer)
    telling = telling.then(tell)
    return telling
  }

  return {
    changed(jobId) {
      if (closed) return
      waiting.add(jobId)
      timer ??= setTimeout(() => void flush(), GATHER)
    },
    async close() {
      // First: a change told of during the flush would arm a timer, which fires when the database is closed.
      closed = true
      await flush()
    },
  }
}
