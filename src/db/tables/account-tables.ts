import type { ColumnType, Generated } from 'kysely'
import type { Json, NullableTime, Time } from './columns.ts'

export interface AccountTable {
  id: Generated<number>
  name: string
  plan_instance: string | null
  metadata: ColumnType<Record<string, Json>, string | undefined, string>
  created_at: Time
  /** When its deletion was accepted. */
  deleted_at: NullableTime
  /** The job that deletes it. */
  delete_job_id: string | null
}

export interface AppUserTable {
  id: Generated<number>
  account_id: number
  username: string
  password_hash: string
  is_admin: Generated<boolean>
  is_account_owner: Generated<boolean>
  created_at: Time
  modified_at: Time
  /** When its deletion was accepted. */
  deleted_at: NullableTime
  /** The job that deletes it. */
  delete_job_id: string | null
}

export interface AuthSessionTable {
  token_hash: Buffer
  user_id: number
  created_at: Time
  last_used_at: NullableTime
  /** As the login sent it. */
  user_agent: string | null
}

export interface ApiTokenTable {
  token_hash: Buffer
  /** AES-256-GCM of the bearer string: the contract lists tokens in clear. */
  token_encrypted: Buffer
  name: string
  user_id: number
  account_id: number
  restrictions: ColumnType<{ hosts?: string[] } | null, string | null | undefined, string | null>
  created_at: Time
  last_used_at: NullableTime
}
