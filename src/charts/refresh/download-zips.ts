import type { Clock } from '#lib/clock.ts'
import { messageOf } from '#lib/errors.ts'
import { forEachLimited } from '#lib/for-each-limited.ts'
import type { ProgressLog } from '#lib/progress-log.ts'
import { counted } from '#lib/quantities.ts'
import { retry } from '#lib/retry.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import type { FailedTry } from '../cells/public-failures.ts'
import { openUrl } from '../transfer/open-url.ts'
import { shownAddress } from '../transfer/shown-address.ts'
import { TransferError } from '../transfer/transfer-error.ts'
import type { ChangedCell } from './plan-refresh.ts'
import type { TransferSettings } from './transfer-settings.ts'
import { zipAddress } from './zip-address.ts'

export interface DownloadZipsOptions {
  cells: readonly ChangedCell[]
  catalogueUrl: URL
  storage: BlobStore
  settings: TransferSettings
  clock: Clock
  log: ProgressLog
  signal: AbortSignal
  /** Called with the share of the bytes that has arrived, 0 to 1. */
  onProgress(fraction: number): void
}

/** The outcome of `downloadZips`. */
export interface Downloads {
  downloaded: number
  /** Zips that an earlier run had downloaded. */
  found: number
  bytes: number
  /** The cells whose zip could not be downloaded. */
  failed: FailedTry[]
}

/** Assumed for the progress where the catalogue gives no size. */
const TYPICAL_BYTES = 100_000

/**
 * Downloads the zips of the changed cells into the storage, several at once. Skips a zip that an earlier run stored whole. Never
 * resumes a partial one: NOAA rebuilds its zips every night, so the halves could differ, and none is larger than 2 MB.
 *
 * Logs a cell whose zip cannot be downloaded and continues with the others.
 *
 * @throws faults of this server, such as a full disk, and the signal's reason.
 */
export async function downloadZips(options: DownloadZipsOptions): Promise<Downloads> {
  const { cells, settings, log, signal } = options
  const result: Downloads = { downloaded: 0, found: 0, bytes: 0, failed: [] }
  const progress = byteProgress(cells, options.onProgress)
  let failuresInARow = 0
  let notTried = 0

  // Waits for every download, so that none still writes after this function has returned.
  await forEachLimited(cells, { concurrency: settings.concurrency, signal }, async (cell, stopping) => {
    if (failuresInARow < settings.failuresInARow) await fetchOne(cell, stopping)
    else {
      notTried++
      fail(cell, `it was not tried, because ${settings.failuresInARow} downloads in a row had failed`)
    }
  })
  if (notTried > 0) {
    log.error(
      `${settings.failuresInARow} downloads failed in a row, so the remaining ${counted(notTried, 'cell')} were not tried`,
    )
  }
  return result

  function fail({ name, version }: ChangedCell, reason: string): void {
    result.failed.push({ name, version, reason })
  }

  async function fetchOne(cell: ChangedCell, stopping: AbortSignal): Promise<void> {
    try {
      const present = cell.again === true ? null : await options.storage.size(cell.key)
      if (present !== null && (cell.zipSize === null || present === cell.zipSize)) result.found++
      else {
        const fetched = await fetchZip(cell, { ...options, signal: stopping }, (bytes) => progress.arrived(cell, bytes))
        result.bytes += fetched
        result.downloaded++
        failuresInARow = 0
      }
    } catch (error) {
      if (stopping.aborted || !(error instanceof TransferError)) throw error
      failuresInARow++
      const reason = messageOf(error)
      fail(cell, reason)
      log.error(`${cell.name} could not be downloaded: ${reason}`)
    }
    progress.finished(cell)
  }
}

async function fetchZip(cell: ChangedCell, options: DownloadZipsOptions, onBytes: (bytes: number) => void): Promise<number> {
  const { catalogueUrl, storage, settings, clock, signal } = options
  const url = zipAddress(cell.zipUrl, catalogueUrl)
  return await retry(
    async () => {
      const opened = await openUrl(url, { limits: settings.zip, userAgent: settings.userAgent, signal, configured: catalogueUrl })
      return await storage.put(cell.key, ofSize(opened.body, url, cell.zipSize, onBytes))
    },
    { ...settings.retry, clock, signal, retryable: (error) => error instanceof TransferError && error.retryable },
  )
}

/** Passes the zip on. Throws when it lacks the size that the catalogue gives, so that the storage discards it. */
async function* ofSize(body: AsyncIterable<Uint8Array>, url: URL, size: number | null, onBytes: (bytes: number) => void) {
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.byteLength
    onBytes(bytes)
    yield chunk
  }
  if (size !== null && bytes !== size) {
    // Retryable: NOAA rebuilds the zips at night, and the catalogue a little later.
    throw new TransferError(`${shownAddress(url)} has ${bytes} bytes, but the catalogue says ${size}`, { retryable: true })
  }
}

/** Sums up the bytes of all zips. A retry of one starts at zero, but never lowers its reported share. */
function byteProgress(cells: readonly ChangedCell[], report: (fraction: number) => void) {
  const expected = (cell: ChangedCell) => cell.zipSize ?? cell.aboutBytes ?? TYPICAL_BYTES
  const total = cells.reduce((sum, cell) => sum + expected(cell), 0)
  const shares = new Map<string, number>()
  let sum = 0
  const set = (cell: ChangedCell, bytes: number) => {
    const before = shares.get(cell.name) ?? 0
    const now = Math.max(before, Math.min(bytes, expected(cell)))
    shares.set(cell.name, now)
    sum += now - before
    if (total > 0) report(sum / total)
  }
  return { arrived: set, finished: (cell: ChangedCell) => set(cell, expected(cell)) }
}
