import type { ColumnType, Generated } from 'kysely'
import type { Json, Time } from './columns.ts'

export interface WebhookTable {
  id: Generated<number>
  account_id: number
  url: string
  job_states: string[]
  /** Null for every type. */
  job_types: string[] | null
  is_active: Generated<boolean>
  /** Encrypted under `secret.key`. */
  secret: Buffer
  /** The secret before the last rotation, which also signs until that time. */
  previous_secret: Buffer | null
  previous_secret_until: Date | null
  created_at: Time
  updated_at: Time
}

export interface WebhookDeliveryTable {
  id: Generated<string>
  webhook_id: number
  /** Null for a test. */
  job_id: string | null
  event: string
  payload: ColumnType<Record<string, Json>, string, never>
  state: Generated<string>
  attempts: Generated<number>
  /** When it is due; while it is being sent, when its sender counts as lost. */
  next_attempt_at: Time
  created_at: Time
  ended_at: Date | null
  /** HTTP status of the last answer. */
  status: number | null
  error: string | null
  /** How long the last attempt took. */
  milliseconds: number | null
}
