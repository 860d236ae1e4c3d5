import type { ColumnType, Generated } from 'kysely'
import type { Json, Jsonb, Time } from './columns.ts'

export interface StyleTable {
  id: Generated<number>
  account_id: number
  user_id: number | null
  /** User name of the creator, which outlives the user. */
  user_email: string
  name: string
  parameters: Jsonb<Record<string, Json>>
  /** SHA-256 of the file that the style was last provisioned from; null for a style without a file. */
  provisioned_digest: ColumnType<string | null, string | null | undefined, string | null>
  created_at: Time
  updated_at: Time
}
