import type { Generated } from 'kysely'

/** A mark by which a process recognises its own commit. */
export interface TransactionMarkTable {
  /** Used by one transaction at a time. */
  id: string
  /** Random; written by the last transaction that was committed with it. */
  token: string
  written_at: Generated<Date>
}

export interface ServerProcessTable {
  id: string
  /** INSTANCE_NAME. */
  name: string
  host: string
  role: string
  version: string
  threads: number
  busy_threads: number
  memory_bytes: number
  started_at: Generated<Date>
  /** Its last heartbeat. */
  seen_at: Generated<Date>
}
