import type { Generated } from 'kysely'

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
  /** Its last sign of life. */
  seen_at: Generated<Date>
}
