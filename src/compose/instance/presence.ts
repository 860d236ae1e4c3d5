import os from 'node:os'
import { sql } from 'kysely'
import type { Config } from '#config/config.ts'
import type { Db } from '#db/database.ts'
import type { InstanceProcess } from '#http/base/instance-service.ts'
import { createBackground } from '#lib/background.ts'
import type { Clock } from '#lib/clock.ts'
import { newId } from '#lib/ids.ts'
import type { Log } from '#lib/log.ts'
import type { ThreadLoad } from '#lib/metrics.ts'
import { VERSION } from '#lib/version.ts'

/** Milliseconds between signs of life. */
const BEAT = 10_000
/** Seconds without a sign of life after which a process counts as gone: three intervals, and some room for a busy database. */
const SILENCE_SECONDS = 40

export interface PresenceParts {
  db: Db
  clock: Clock
  log: Log
  threads: Record<string, () => ThreadLoad>
}

/** The processes that work on this database, including this one. */
export interface Presence {
  /** Tells the others that this process is alive, until `stop`. */
  start(): void
  stop(): Promise<void>
  /** The processes that are alive, the oldest first, this one as it is now. */
  list(): Promise<InstanceProcess[]>
}

export function createPresence(
  { instanceName: name, role }: Pick<Config, 'instanceName' | 'role'>,
  { db, clock, log, threads }: PresenceParts,
): Presence {
  const id = newId()
  const host = os.hostname()

  /** Times are the database's, so that a machine with a wrong clock counts as alive too. */
  async function beat(): Promise<void> {
    const { threads: all, busy } = loadOf(threads)
    await sql`
      insert into server_process (id, name, host, role, version, threads, busy_threads, memory_bytes)
      values (${id}, ${name}, ${host}, ${role}, ${VERSION}, ${all}, ${busy}, ${process.memoryUsage.rss()})
      on conflict (id) do update set threads = excluded.threads, busy_threads = excluded.busy_threads,
        memory_bytes = excluded.memory_bytes, seen_at = now()
    `.execute(db)
    await sql`delete from server_process where seen_at < now() - interval '1 hour'`.execute(db)
  }

  const heart = createBackground({ name: 'sign of life', intervalMilliseconds: BEAT, atStart: true, clock, log, runOnce: beat })
  return {
    start: heart.start,
    async stop() {
      await heart.stop()
      // If the database is unreachable, the row stays and expires.
      await db
        .deleteFrom('server_process')
        .where('id', '=', id)
        .execute()
        .catch(() => undefined)
    },
    async list() {
      await beat()
      const rows = await db
        .selectFrom('server_process')
        .selectAll()
        .where(sql<boolean>`seen_at > now() - ${SILENCE_SECONDS} * interval '1 second'`)
        .orderBy('started_at')
        .orderBy('id')
        .execute()
      return rows.map((row) => ({
        name: row.name,
        host: row.host,
        role: row.role,
        version: row.version,
        threads: row.threads,
        busyThreads: row.busy_threads,
        memoryBytes: row.memory_bytes,
        startedAt: row.started_at.getTime(),
        lastSeenAt: row.seen_at.getTime(),
      }))
    },
  }
}

/** The threads of all pools together. */
function loadOf(pools: Record<string, () => ThreadLoad>): { threads: number; busy: number } {
  let threads = 0
  let busy = 0
  for (const load of Object.values(pools)) {
    const now = load()
    threads += now.threads
    busy += now.busy
  }
  return { threads, busy }
}
