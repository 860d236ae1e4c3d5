import type { Clock } from '#lib/clock.ts'
import { messageOf } from '#lib/errors.ts'
import { forEachLimited } from '#lib/for-each-limited.ts'
import type { ProgressLog } from '#lib/progress-log.ts'
import { counted } from '#lib/quantities.ts'
import { retry } from '#lib/retry.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { openUrl } from '../transfer/open-url.ts'
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
  /** Share of the bytes that are here, 0 to 1. */
  onProgress(fraction: number): void
}

export interface Downloads {
  downloaded: number
  /** Zips that an earlier run had brought already. */
  found: number
  bytes: number
  /** Names of the cells whose zip could not be fetched. */
  failed: string[]
}

/** Assumed size of a zip the catalogue gives no size for, for the progress. */
const TYPICAL_BYTES = 100_000

/**
 * Fetches the zips of the changed cells into the storage, several at a time. A zip that is there whole from an earlier run is
 * not asked for; one that is there in part is fetched from its start, because NOAA rebuilds its zips every night and the two
 * halves could belong to different files (none is larger than 2 MB).
 *
 * A cell whose zip cannot be had is logged and does not stop the others.
 *
 * @throws whatever is wrong on this side (a full disk), and the signal's reason.
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
      result.failed.push(cell.name)
    }
  })
  if (notTried > 0) {
    log.error(
      `${settings.failuresInARow} downloads in a row failed, so the remaining ${counted(notTried, 'cell')} were not tried`,
    )
  }
  return result

  async function fetchOne(cell: ChangedCell, stopping: AbortSignal): Promise<void> {
    try {
      const present = await options.storage.size(cell.key)
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
      result.failed.push(cell.name)
      log.error(`${cell.name} could not be downloaded: ${messageOf(error)}`)
    }
    progress.finished(cell)
  }
}

async function fetchZip(cell: ChangedCell, options: DownloadZipsOptions, onBytes: (bytes: number) => void): Promise<number> {
  const { catalogueUrl, storage, settings, clock, signal } = options
  const url = zipAddress(cell.zipUrl, catalogueUrl)
  return await retry(
    async () => {
      const opened = await openUrl(url, { limits: settings.zip, userAgent: settings.userAgent, signal })
      return await storage.put(cell.key, ofSize(opened.body, url, cell.zipSize, onBytes))
    },
    { ...settings.retry, clock, signal, retryable: (error) => error instanceof TransferError && error.retryable },
  )
}

/** Passes the zip on and refuses it when it has not the size the catalogue gives: what was refused is never stored. */
async function* ofSize(body: AsyncIterable<Uint8Array>, url: URL, size: number | null, onBytes: (bytes: number) => void) {
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.byteLength
    onBytes(bytes)
    yield chunk
  }
  if (size !== null && bytes !== size) {
    // May pass: NOAA rebuilds the zips at night, the catalogue a little later.
    throw new TransferError(`${url.href} has ${bytes} bytes, but the catalogue says ${size}`, { retryable: true })
  }
}

/** Adds up what has arrived of each zip; a second try starts again from what the zip had, never below what was shown. */
function byteProgress(cells: readonly ChangedCell[], report: (fraction: number) => void) {
  const expected = (cell: ChangedCell) => cell.zipSize ?? TYPICAL_BYTES
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
