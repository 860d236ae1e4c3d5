import type { ColumnType, Generated } from 'kysely'
import type { NullableTime, Time } from './columns.ts'

export interface UploadTable {
  id: Generated<number>
  public_id: string
  account_id: number
  user_id: number | null
  uploader: string
  filename: string
  file_size: number
  kind: 'zip' | 'cell' | 'permit'
  blob_key: string
  /** Certificates of its S-100 exchange sets; null without any. */
  certificates: ColumnType<Record<string, string>[] | null, never, never>
  job_id: string | null
  ended_state: ColumnType<string | null, never, never>
  ended_error: ColumnType<string | null, never, never>
  ended_at: ColumnType<Date | null, never, never>
  delete_job_id: ColumnType<string | null, never, string | null>
  deleted_at: NullableTime
  created_at: Time
}

export interface UploadStateView {
  id: number
  public_id: string
  account_id: number
  uploader: string
  filename: string
  file_size: number
  kind: 'zip' | 'cell' | 'permit'
  blob_key: string
  job_id: string | null
  deleted_at: Date | null
  created_at: Date
  status: 'pending' | 'processing' | 'succeeded' | 'failed' | 'cancelled'
  error: string | null
  updated_at: Date
}

export type UploadCellState = 'pending' | 'indexed' | 'waiting' | 'failed' | 'cancelled'

export interface UploadCellTable {
  upload_id: number
  name: string
  account_id: number
  state: Generated<UploadCellState>
  byte_size: number
  title: string | null
  /** The S-57 cell that is the same chart; null unless it is one of S-101 with a known twin. */
  twin: string | null
  /** The standard of its files; null until it has been read. */
  standard: 's57' | 's101' | null
  edition: number | null
  update_number: number | null
  issue_date: string | null
  update_date: string | null
  usage_band: number | null
  compilation_scale: number | null
  west: number | null
  south: number | null
  east: number | null
  north: number | null
  feature_count: number | null
  up_to_date: boolean | null
  features_by_class: ColumnType<Record<string, number> | null, string | null | undefined, string | null>
  encrypted: boolean | null
  decrypt_result: string | null
  permit_expires: string | null
  warnings: ColumnType<string[], string | undefined, string>
  errors: ColumnType<string[], string | undefined, string>
  indexed_at: NullableTime
}

export interface UploadFileTable {
  id: Generated<number>
  upload_id: number
  role: 'cell' | 'signature' | 'text'
  cell_name: string | null
  number: number | null
  name: string
  folder: string
  byte_size: number
  zip_offset: number | null
  packed_size: number | null
  method: number | null
  crc: number | null
  listed_crc: number | null
  /** What the CATALOG.XML of its S-100 exchange set says about it. */
  listing: ColumnType<Record<string, unknown> | null, never, never>
}

export interface CellPermitTable {
  upload_id: number
  account_id: number
  cell_name: string
  expires: string
  data_server: string
  keys_encrypted: Buffer
}
