import type { CellAfterDeletion, CellReport, UploadSummary } from '../api/charts-api.ts'
import { sourceOf } from '../api/source-of.ts'
import type { QueuedFile } from '../uploads/upload-queue.ts'
import { counted, integer } from './plural.ts'
import { bytes } from './sizes.ts'

// The words of the charts pages.

export const CELL_STATES: Readonly<Record<CellReport['status'], string>> = {
  failed: 'Failed',
  waiting: 'Waiting for a permit',
  pending: 'Not read yet',
  cancelled: 'Cancelled',
  indexed: 'Ready',
}

/** Which chart the map shows for a cell that was read. */
export function shownFrom({ visible, displacedBy }: Pick<CellReport, 'visible' | 'displacedBy'>): string {
  if (!visible) return 'shown from elsewhere'
  return displacedBy === null ? 'shown from this upload' : `but ${displacedBy}, the same chart, is drawn in its place`
}

export const UPLOAD_STATES: Readonly<Record<UploadSummary['status'], string>> = {
  pending: 'Waiting',
  processing: 'Reading',
  succeeded: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

const BANDS = ['', 'Overview', 'General', 'Coastal', 'Approach', 'Harbour', 'Berthing']

/** The usage band of a chart as a word. */
export function bandName(band: number): string {
  return BANDS[band] ?? `Band ${band}`
}

/** The standard of a chart's files. */
export const STANDARDS: Readonly<Record<'s57' | 's101', string>> = { s57: 'S-57', s101: 'S-101' }

/** A scale as charts write it: "1:20 000". */
export function scaleText(denominator: number): string {
  return `1:${integer(Math.round(denominator)).replaceAll(',', ' ')}`
}

/** The sources of charts, by the names that the API gives them; invented ones by that of the attributions. */
export const SOURCE_NAMES: Readonly<Record<string, string>> = {
  noaa: 'NOAA, sea charts',
  usace: 'USACE, inland charts',
  invented: 'Invented, no survey',
  upload: 'Upload',
}

/** Where a chart comes from, in words. */
export function sourceName(cell: { name: string; source: string }): string {
  const source = sourceOf(cell)
  return SOURCE_NAMES[source] ?? source
}

const MONTH = 30.44 * 86_400_000

/** How old a chart of a date is: "12 days old", "5 months old", "3 years old". @param date YYYY-MM-DD. @param now milliseconds. */
export function ageWords(date: string, now: number): string {
  const days = Math.max(0, Math.floor((now - Date.parse(date)) / 86_400_000))
  if (Number.isNaN(days)) return ''
  if (days < 60) return `${counted(days, 'day')} old`
  const months = Math.floor((now - Date.parse(date)) / MONTH)
  return months < 24 ? `${counted(months, 'month')} old` : `${counted(Math.floor(months / 12), 'year')} old`
}

/** "12.3" for edition 12 with update 3; empty when nothing is known. */
export function editionText(edition: number | null, update: number | null): string {
  return edition === null ? '' : `${edition}.${update ?? 0}`
}

/** Where a file is on its way to the server. */
export function sendingText(file: QueuedFile): string {
  if (file.state === 'queued') return 'In the queue'
  if (file.state === 'sent') return 'Received'
  const percent = file.size === 0 ? 0 : Math.floor((file.sent / file.size) * 100)
  const details = [`${bytes(file.sent)} of ${bytes(file.size)}`]
  if (file.bytesPerSecond !== null) details.push(`${bytes(file.bytesPerSecond)}/s`)
  if (file.secondsLeft !== null) details.push(`about ${leftText(file.secondsLeft)}`)
  return `Sending ${percent} % (${details.join(', ')})`
}

function leftText(seconds: number): string {
  return seconds < 90 ? `${Math.max(1, Math.ceil(seconds))} s` : `${Math.ceil(seconds / 60)} min`
}

/** The files being sent, in few words; null when there are none. */
export function trayWords(files: readonly QueuedFile[]): string | null {
  const sending = files.find(({ state }) => state === 'sending')
  if (sending === undefined) return null
  const percent = sending.size === 0 ? 0 : Math.floor((sending.sent / sending.size) * 100)
  const waiting = files.filter(({ state }) => state === 'queued').length
  return waiting === 0 ? `Sending ${percent} %` : `Sending ${percent} %, ${integer(waiting)} more`
}

/** What has become of an upload, in words. */
export function uploadResult(upload: Pick<UploadSummary, 'status' | 'cells' | 'error' | 'totalCharts'>): string {
  const { cells, status, totalCharts } = upload
  const done = totalCharts - (cells['pending'] ?? 0)
  if (status === 'pending') return 'Waiting its turn'
  if (status === 'processing')
    return totalCharts === 0 ? 'Reading the file' : `Reading ${integer(done)} of ${counted(totalCharts, 'chart')}`
  if (totalCharts === 0) return upload.error ?? (status === 'cancelled' ? 'Cancelled' : 'No charts, permits read')
  const parts = [counted(totalCharts, 'chart')]
  const add = (state: string, word: string): void => {
    if ((cells[state] ?? 0) > 0) parts.push(`${integer(cells[state] ?? 0)} ${word}`)
  }
  add('indexed', 'ready')
  add('failed', 'failed')
  add('waiting', 'waiting for a permit')
  add('cancelled', 'cancelled')
  add('pending', 'not read')
  return parts.join(', ')
}

/** What a deletion changes, as sentences; the lists of names are shown beside them. */
export function deletionSentence(cells: readonly CellAfterDeletion[]): string {
  if (cells.length === 0) return 'No chart is shown from here, so the charts stay as they are.'
  const count = (after: CellAfterDeletion['after']): number => cells.filter((cell) => cell.after === after).length
  const parts: string[] = []
  const older = count('older-upload')
  const open = count('public')
  const removed = count('removed')
  if (older > 0) parts.push(`${integer(older)} ${older === 1 ? 'goes' : 'go'} back to an older upload`)
  if (open > 0) parts.push(`${integer(open)} ${open === 1 ? 'goes' : 'go'} back to the public chart`)
  if (removed > 0) parts.push(`${integer(removed)} ${removed === 1 ? 'disappears' : 'disappear'}`)
  return `${counted(cells.length, 'chart')} ${cells.length === 1 ? 'comes' : 'come'} from here: ${parts.join(', ')}.`
}
