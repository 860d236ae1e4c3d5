import type { ColumnType, Generated } from 'kysely'
import type { NullableTime } from './columns.ts'

export interface ExportTable {
  id: string
  account_id: number
  user_id: number | null
  /** User name of the creator, which outlives the user. */
  creator: string
  job_id: string
  /** A `PackSpec` of src/exports. */
  spec: ColumnType<unknown, string, never>
  /** Tiles of its box and zooms, those without content included. */
  most_tiles: number
  /** Tiles with content, once it is finished. */
  tiles: number | null
  file_size: number | null
  created_at: Generated<Date>
  finished_at: NullableTime
  expires_at: NullableTime
}

export interface ExportDownloadTable {
  ticket_hash: Buffer
  export_id: string
  created_at: Generated<Date>
  begun_at: NullableTime
}
