import type { ColumnType } from 'kysely'
import type { AccountTable, ApiTokenTable, AppUserTable, AuthSessionTable } from './tables/account-tables.ts'
import type { BackupHoldTable, BackupRunTable } from './tables/backup-tables.ts'
import type { CellTable, FailedPublicCellTable, UnusedCompiledTable } from './tables/cell-tables.ts'
import type { Json } from './tables/columns.ts'
import type { ExportDownloadTable, ExportTable } from './tables/export-tables.ts'
import type { JobLogTable, JobStepTable, JobTable } from './tables/job-tables.ts'
import type { ServerProcessTable, TransactionMarkTable } from './tables/process-tables.ts'
import type { BathymetryPieceTable, BathymetryTrackTable, UserReportTable, UserReportVoteTable } from './tables/report-tables.ts'
import type { StyleTable } from './tables/style-tables.ts'
import type { CellPermitTable, UploadCellTable, UploadFileTable, UploadStateView, UploadTable } from './tables/upload-tables.ts'
import type { WebhookDeliveryTable, WebhookTable } from './tables/webhook-tables.ts'

// The types of the tables for Kysely, by what they hold. The SQL is in ./migrations; docs/schema.sql shows the result.

export type * from './tables/account-tables.ts'
export type * from './tables/backup-tables.ts'
export type * from './tables/cell-tables.ts'
export type * from './tables/export-tables.ts'
export type * from './tables/job-tables.ts'
export type * from './tables/process-tables.ts'
export type * from './tables/report-tables.ts'
export type * from './tables/style-tables.ts'
export type * from './tables/upload-tables.ts'
export type * from './tables/webhook-tables.ts'

export interface SettingTable {
  name: string
  value: ColumnType<Json, string, string>
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
  server_process: ServerProcessTable
  transaction_mark: TransactionMarkTable
}
