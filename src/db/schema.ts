import type { ColumnType, Generated } from 'kysely'

// The types of the tables for Kysely. The SQL is in ./migrations; docs/schema.sql shows the result.

type Json = unknown
/** A jsonb column that is written as text and read as a value. */
type Jsonb<T> = ColumnType<T, string, string>
type Time = ColumnType<Date, Date | undefined, Date>
type NullableTime = ColumnType<Date | null, Date | null | undefined, Date | null>

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
  /** As sent at the login. */
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

export interface JobTable {
  id: string
  root_job_id: string
  parent_job_id: string | null
  job_type: string
  /** A `JobState` of src/jobs/model. */
  job_state: Generated<string>
  account_id: number | null
  parameters: ColumnType<Record<string, Json>, string | undefined, string>
  result: ColumnType<Record<string, Json> | null, string | null | undefined, string | null>
  error: ColumnType<Record<string, Json> | null, string | null | undefined, string | null>
  percent_complete: Generated<number>
  priority: Generated<number>
  /** Fencing token: claims so far. */
  attempt: Generated<number>
  /** Number of the delivery of the last claim; a late older delivery is refused. */
  delivery: Generated<number>
  /** Claims that count towards giving up; one put back by a shutdown does not count. */
  tries: Generated<number>
  /** Random value of the run that claimed the job, by which it recognises its claim when the commit was not confirmed. */
  claim_token: string | null
  /** Process of the last claim (`markProcess`). */
  claimed_by: string | null
  /** How often a process that ran the job ended because memory was short. */
  memory_losses: Generated<number>
  cancel_requested_at: NullableTime
  cancel_reason: string | null
  /** Running without a worker, until the last child ends. */
  waiting: Generated<boolean>
  /** Per cent when the waiting began; the children share the rest. */
  waiting_from: Generated<number>
  /** The job's own part of its result, besides the counts of its children. */
  waiting_result: ColumnType<Record<string, Json> | null, string | null | undefined, string | null>
  /** How the children's results make up the job's (jobs/model/job-type.ts, ChildTotals). */
  waiting_totals: ColumnType<Record<string, Json> | null, string | null | undefined, string | null>
  on_child_failure: 'fail' | 'report' | null
  open_children: Generated<number>
  failed_children: Generated<number>
  /** Share of this job in its parent's progress. */
  child_weight: Generated<number>
  dedupe_key: string | null
  /** Who or what started it (jobs/model/starter.ts); null for a child, and in rows of earlier versions. */
  started_by: ColumnType<Record<string, Json> | null, string | null | undefined, string | null>
  created_at: Time
  updated_at: Time
  started_at: NullableTime
  finished_at: NullableTime
}

export interface JobStepTable {
  id: string
  job_id: string
  ordinal: number
  step_name: string
  /** A `StepStatus` of src/jobs/model. */
  status: string
  attempt: Generated<number>
  weight: Generated<number>
  started_at: NullableTime
  completed_at: NullableTime
  result: ColumnType<Json, string | null | undefined, string | null>
  error: ColumnType<Record<string, Json> | null, string | null | undefined, string | null>
  cursor: ColumnType<Json, string | null | undefined, string | null>
}

export interface JobLogTable {
  job_id: string
  seq: number
  at: Date
  level: number
  attempt: number
  message: string
}

export interface CellTable {
  id: string
  name: string
  /** Owner of an uploaded cell; null for a public one. */
  account_id: number | null
  source: string
  /** The standard of its files. */
  standard: ColumnType<'s57' | 's101', 's57' | 's101' | undefined, 's57' | 's101'>
  edition: number
  update_number: number
  issue_date: string | null
  update_date: string | null
  producer: number
  usage_band: number
  compilation_scale: number
  title: string | null
  /** GeoJSON MultiPolygon, longitudes within -180..180. */
  coverage: Jsonb<{ type: 'MultiPolygon'; coordinates: number[][][][] }>
  /** The same for the tiles (`coverageBytes`); null in rows of earlier versions. */
  outline: ColumnType<Buffer | null, Buffer | null | undefined, Buffer | null>
  west: number
  south: number
  east: number
  north: number
  feature_count: number
  features_by_class: Jsonb<Record<string, number>>
  warnings: Jsonb<string[]>
  /** False when an update that came with it is missing or cannot be applied. */
  up_to_date: ColumnType<boolean, boolean | undefined, boolean>
  /** Whether it has no coverage area of its own: its objects are drawn over the charts beneath. */
  overlay: ColumnType<boolean, boolean | undefined, boolean>
  /** Storage key of the file this cell was read from. */
  blob_key: string
  byte_size: number
  /** Edition, update and dates in the catalogue; a cell with equal values is unchanged. */
  catalogue_edition: number | null
  catalogue_update: number | null
  catalogue_update_date: string | null
  catalogue_issue_date: string | null
  indexed_at: Time
  /** Storage key of the compiled cell and its format version; null until it has been compiled. */
  compiled_key: string | null
  compiled_version: number | null
  /** The newest upload with files of the cell; null for a public cell. */
  upload_id: ColumnType<number | null, number | null | undefined, number | null>
  /** All uploads with files of the cell. */
  source_uploads: ColumnType<number[], number[] | undefined, number[]>
  /** Texts and pictures that its features name and that came with it. */
  files: ColumnType<CellFileEntry[], string | undefined, string>
}

export interface UnusedCompiledTable {
  key: string
  since: Time
}

/** `file` is the row of `upload_file`; null for a public cell, whose files are in its zip. */
export interface CellFileEntry {
  name: string
  file: number | null
}

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
}

export interface CellPermitTable {
  upload_id: number
  account_id: number
  cell_name: string
  expires: string
  data_server: string
  keys_encrypted: Buffer
}

export interface FailedPublicCellTable {
  name: string
  source: string
  edition: number
  update_number: number
  reason: string
  failed_at: Generated<Date>
}

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

export interface UserReportTable {
  id: string
  account_id: number
  user_id: number
  report_type: string
  latitude: number
  longitude: number
  /** The square of the tile pyramid (src/reports/points/place.ts); null beyond its latitudes. */
  place: number | null
  properties: Jsonb<Record<string, Json>>
  external_user_id: string | null
  upvote_count: Generated<number>
  downvote_count: Generated<number>
  created_at: Date
  updated_at: Date
  expired_at: NullableTime
  deleted_at: NullableTime
}

export interface UserReportVoteTable {
  report_id: string
  user_id: number
  is_valid: boolean
  external_user_id: string | null
  voted_at: Date
}

export interface BathymetryTrackTable {
  id: string
  account_id: number
  user_id: number
  platform: ColumnType<Record<string, Json> | null, string | null, never>
  /** `uniqueId` of the platform. */
  platform_id: string | null
  provider_contact_point: ColumnType<Record<string, Json> | null, string | null, never>
  depth_units: string
  time_units: string
  convention: string | null
  external_user_id: string | null
  point_count: number
  start_time: Date
  end_time: Date
  min_depth: number
  max_depth: number
  /** Metres. */
  length_m: number
  created_at: Date
  updated_at: Date
}

/** A run of soundings of a track; neighbouring pieces share none. */
export interface BathymetryPieceTable {
  track_id: string
  ordinal: number
  /** Box in world units around the soundings and the first one of the next piece. */
  place: string
  /** Packed as in src/reports/bathymetry/packed-soundings.ts. */
  soundings: Buffer
}

export interface BackupRunTable {
  id: string
  /** Until when it holds its blobs unless it says so again. */
  held_until: Date
}

export interface BackupHoldTable {
  key: string
  backup_id: string
}

export interface SettingTable {
  name: string
  value: ColumnType<Json, string, string>
}

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
  /** When it is due; while it is being sent, when the sender is given up for lost. */
  next_attempt_at: Time
  created_at: Time
  ended_at: Date | null
  /** HTTP status of the last answer. */
  status: number | null
  error: string | null
  /** How long the last attempt took. */
  milliseconds: number | null
}

export interface ExportTable {
  id: string
  account_id: number
  user_id: number | null
  /** User name of the creator, which outlives the user. */
  creator: string
  job_id: string
  /** A `PackSpec` of src/exports. */
  spec: ColumnType<Record<string, Json>, string, never>
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

export interface Schema {
  account: AccountTable
  app_user: AppUserTable
  auth_session: AuthSessionTable
  api_token: ApiTokenTable
  job: JobTable
  job_step: JobStepTable
  job_log: JobLogTable
  cell: CellTable
  unused_compiled: UnusedCompiledTable
  setting: SettingTable
  upload: UploadTable
  upload_state: UploadStateView
  upload_cell: UploadCellTable
  upload_file: UploadFileTable
  cell_permit: CellPermitTable
  style: StyleTable
  user_report: UserReportTable
  user_report_vote: UserReportVoteTable
  bathymetry_track: BathymetryTrackTable
  bathymetry_piece: BathymetryPieceTable
  failed_public_cell: FailedPublicCellTable
  webhook: WebhookTable
  webhook_delivery: WebhookDeliveryTable
  export: ExportTable
  export_download: ExportDownloadTable
  backup_run: BackupRunTable
  backup_hold: BackupHoldTable
}
