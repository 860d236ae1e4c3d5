// The words of the portal. Names of the API (job types, steps, states) are translated here and nowhere else.

import type { JobState, LogLevel, StepStatus } from '../api/records.ts'

export interface TypeWords {
  /** As a heading: what the job is. */
  name: string
  /** What it does, in a sentence. */
  does: string
}

export const JOB_TYPES: Readonly<Record<string, TypeWords>> = {
  'refresh-public-charts': {
    name: 'Refresh public charts',
    does: 'Downloads new and changed charts from the public catalogue and indexes them.',
  },
  'index-public-encs': { name: 'Index public charts', does: 'Reads a batch of downloaded charts.' },
  'user-upload': { name: 'Upload', does: 'Reads an uploaded file and indexes its charts.' },
  'index-custom-encs': { name: 'Index uploaded charts', does: 'Reads a batch of charts of an upload.' },
  'delete-upload': { name: 'Delete upload', does: 'Removes the charts of an upload and its file.' },
  'delete-user': { name: 'Delete user', does: 'Removes a user and what belongs to that user.' },
  'delete-account': { name: 'Delete account', does: 'Removes an account with its users, charts and tokens.' },
  'recompile-cells': { name: 'Compile charts again', does: 'Compiles charts for this version of Chartroom.' },
  'clear-tiles': {
    name: 'Clear drawn tiles',
    does: 'Empties the tile cache to free disk space. Tiles are drawn again on demand.',
  },
  'export-charts': { name: 'Make an offline pack', does: 'Draws the tiles of a box and writes them into a zip to take along.' },
  backup: { name: 'Back up', does: 'Writes the database and all charts into one file of the server. It goes on serving.' },
  'vacuum-analyze': { name: 'Tidy the database', does: 'Makes the space of deleted rows reusable. The charts stay available.' },
}

/** Each step as a name, and as what goes on while it runs. */
export const STEPS: Readonly<Record<string, { name: string; doing: string }>> = {
  step_download_noaa: { name: 'Download charts', doing: 'Downloading charts' },
  step_index_noaa: { name: 'Index charts', doing: 'Indexing charts' },
  step_download_usace: { name: 'Download inland charts', doing: 'Downloading inland charts' },
  step_index_usace: { name: 'Index inland charts', doing: 'Indexing inland charts' },
  step_unpack: { name: 'Read the file', doing: 'Reading the file' },
  step_index_cells: { name: 'Index charts', doing: 'Indexing charts' },
  step_stop_jobs: { name: 'Stop running jobs', doing: 'Stopping running jobs' },
  step_remove_cells: { name: 'Remove charts', doing: 'Removing charts' },
  step_remove_webhooks: { name: 'Remove webhooks', doing: 'Removing webhooks' },
  step_recompile: { name: 'Compile charts', doing: 'Compiling charts' },
  step_clear_tiles: { name: 'Clear tiles', doing: 'Clearing tiles' },
  step_draw_tiles: { name: 'Draw tiles', doing: 'Drawing tiles' },
  step_write_pack: { name: 'Write the pack', doing: 'Writing the pack' },
  step_back_up: { name: 'Write the backup', doing: 'Writing the backup' },
  step_vacuum_analyze: { name: 'Tidy tables', doing: 'Tidying tables' },
}

export const STATES: Readonly<Record<JobState | 'cancelling', string>> = {
  pending: 'Waiting',
  running: 'Running',
  cancelling: 'Cancelling',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

export const STEP_STATES: Readonly<Record<StepStatus, string>> = {
  pending: 'Not started',
  running: 'Running',
  completed: 'Completed',
  failed: 'Failed',
  skipped: 'Skipped',
  cancelled: 'Cancelled',
}

export const LEVELS: Readonly<Record<LogLevel, { one: string; many: string }>> = {
  error: { one: 'error', many: 'errors' },
  warning: { one: 'warning', many: 'warnings' },
  info: { one: 'message', many: 'messages' },
}

/** Keys of results and parameters that are not plain words by themselves. */
export const FIELDS: Readonly<Record<string, string>> = {
  checked: 'Charts checked',
  downloaded: 'Files downloaded',
  indexed: 'Charts indexed',
  unchanged: 'Charts unchanged',
  cancelled: 'Charts cancelled by the producer',
  withdrawn: 'Charts withdrawn from the catalogue',
  failed: 'Charts failed',
  bytes: 'Bytes',
  cells: 'Charts',
  permits: 'Permits',
  waiting: 'Charts waiting for a permit',
  removed: 'Charts removed',
  restored: 'Charts restored from an older upload',
  remaining: 'Charts remaining',
  compiled: 'Charts compiled',
  tiles: 'Tiles',
  bytesBefore: 'Size before',
  bytesAfter: 'Size after',
  uploadId: 'Upload',
  exportId: 'Offline pack',
  filename: 'File',
  children: 'Child jobs',
  file: 'File in DATA_DIR/backups',
  instance: 'Server that has it',
  blobs: 'Chart files',
  tables: 'Tables',
  hasKey: 'Includes the secret key',
}

/** The types that an administrator may start, in the order of the menu. */
export const STARTABLE = ['refresh-public-charts', 'clear-tiles', 'vacuum-analyze', 'backup'] as const
export type StartableType = (typeof STARTABLE)[number]

/** Why nothing can be done while every request is answered with an error. @param status of the answers. */
export function refusalText(status: number): string {
  if (status === 503)
    return 'The server answers that it cannot work now (503): it is starting or stopping, or it has too much to do.'
  if (status === 502 || status === 504) return `A proxy answers that the server behind it cannot be reached (${status}).`
  if (status === 403) return 'Every request is refused (403), by the server or by a proxy before it.'
  return `Every request is answered with an error (${status}).`
}
