import pLimit from 'p-limit'
import type { Db } from '#db/database.ts'
import type { Clock } from '#lib/clock.ts'
import { messageOf } from '#lib/errors.ts'
import { forEachLimited } from '#lib/for-each-limited.ts'
import { freeBytes } from '#lib/free-bytes.ts'
import type { ProgressLog } from '#lib/progress-log.ts'
import { counted } from '#lib/quantities.ts'
import { BlobMissingError, type BlobStore } from '#storage/blob-store.ts'
import { storeCompiled } from '../cells/compiled-store.ts'
import { isDataError, publicVersion, removePublicCell } from '../cells/public-cells.ts'
import { recordFailures } from '../cells/public-failures.ts'
import { type PublicCellRow, upsertPublicCells } from '../cells/upsert-public-cells.ts'
import { CellReadError, type CellReader } from '../reading/cell-reader.ts'
import type { CellSummary } from '../reading/cell-summary.ts'
import type { CompiledBytes } from '../reading/compile-cell-files.ts'
import type { ChartSource } from '../sources/chart-source.ts'
import { createCellLots } from './cell-lots.ts'
import { CellMismatchError, checkSummary } from './check-summary.ts'
import type { ChangedCell } from './plan-refresh.ts'
import { cancelledKey, cellPrefix } from './public-keys.ts'
import { createWarningSummary } from './warning-summary.ts'

export interface IndexCellsOptions {
  source: Pick<ChartSource, 'id' | 'isExact'>
  cells: readonly ChangedCell[]
  storage: BlobStore
  reader: CellReader
  /** Storage key of the zip that a cell is currently shown from; null when it is not shown. */
  previousZip(name: string): string | null
  /** Cells being read at once. */
  concurrency: number
  clock: Clock
  log: ProgressLog
  signal: AbortSignal
  transaction<T>(work: (trx: Db) => Promise<T>): Promise<T>
  onProgress(fraction: number): void
}

/** The outcome of `indexCells`. */
export interface IndexOutcome {
  indexed: number
  /** Cells that their last update cancels. */
  cancelled: number
  /** The number of cells that could not be indexed. */
  failed: number
  /** Those of them whose zip may be damaged. */
  unusable: ChangedCell[]
}

/** Up to this many cells, the log gets a line per cell; above, a line every 15 seconds. */
const LINE_PER_CELL = 40
const SUMMARY_MILLISECONDS = 15_000

/** Cells that become visible together in a large refresh; in a small one, each is shown as soon as it is read. */
const LOT = 16

/**
 * Reads the zips of the cells and makes them visible, in a large refresh several in one transaction. Logs a broken cell, which keeps
 * its last good version, and continues with the others.
 *
 * @throws faults that concern all cells: the database, the disk, a lost claim; the signal's reason.
 */
export async function indexCells(options: IndexCellsOptions): Promise<IndexOutcome> {
  const { cells, clock, log, signal } = options
  const result: IndexOutcome = { indexed: 0, cancelled: 0, failed: 0, unusable: [] }
  const late: ChangedCell[] = []
  const kinds = createWarningSummary()
  const size = cells.length <= LINE_PER_CELL ? 1 : LOT
  const lots = createCellLots<ReadRow>({ size, store: (rows) => storeCells(rows, options), concernsCell })
  const reading = pLimit(options.concurrency)
  /** How many cells may still be added to a lot. */
  let toRead = cells.length
  let done = 0
  let reportedAt = clock.monotonic()

  // Cells that wait in a lot do not count, so that they do not keep others from being read.
  await forEachLimited(cells, { concurrency: options.concurrency + size - 1, signal }, async (cell, stopping) => {
    await indexOne(cell, stopping, false)
    done++
    reportProgress()
  })
  // One at a time: beside others, a large cell may have had too little memory or time.
  await forEachLimited(late, { concurrency: 1, signal }, (cell, stopping) => indexOne(cell, stopping, true))
  for (const line of kinds.lines()) log.warning(line)
  return result

  async function indexOne(cell: ChangedCell, stopping: AbortSignal, lastTry: boolean): Promise<void> {
    try {
      const added = await readIntoLot(cell, stopping)
      if (added === null) return
      await added.stored
      result.indexed++
      // Only after the new version is visible. The next refresh deletes whatever a crash leaves behind.
      const previous = options.previousZip(cell.name)
      if (previous !== null && previous !== cell.key) await options.storage.delete(previous)
      report(cell, added.summary)
    } catch (error) {
      if (stopping.aborted || !concernsCell(error)) throw error
      const isLate = error instanceof CellReadError && error.late
      if (isLate && !lastTry) {
        late.push(cell)
        log.warning(`${cell.name} is read again at the end: ${messageOf(error)}`)
        return
      }
      result.failed++
      if (!isLate) result.unusable.push(cell)
      const reason = reasonOf(error)
      log.error(`${cell.name} could not be indexed: ${reason}`)
      const { name, version } = cell
      await options.transaction((trx) => recordFailures(trx, options.source.id, [{ name, version, reason }]))
    }
  }

  /** @returns null for a cancelled cell, which it removes. */
  async function readOne(cell: ChangedCell, stopping: AbortSignal): Promise<ReadRow | null> {
    const { summary, compiled, texts, byteSize } = await reading(() => read(cell, options, stopping))
    if (compiled === null) {
      await hideCancelled(cell, options)
      result.cancelled++
      log.info(`${cell.name} is cancelled by its last update and was removed`)
      return null
    }
    return rowOf(cell, { summary, compiled, texts, byteSize }, options.source)
  }

  async function readIntoLot(cell: ChangedCell, stopping: AbortSignal) {
    try {
      const row = await readOne(cell, stopping)
      return row === null ? null : { summary: row.summary, stored: lots.add(row) }
    } finally {
      toRead--
      if (toRead <= 0) lots.hurry()
    }
  }

  function report(cell: ChangedCell, { edition, update, compilationScale, featureCount, warnings }: CellSummary): void {
    kinds.add(cell.name, warnings)
    if (cells.length <= LINE_PER_CELL) {
      const scale = `1:${compilationScale.toLocaleString('en-US')}`
      log.info(`${cell.name} indexed: edition ${edition}, update ${update}, ${scale}, ${counted(featureCount, 'feature')}`)
    }
  }

  function reportProgress(): void {
    options.onProgress(done / cells.length)
    if (cells.length <= LINE_PER_CELL || clock.monotonic() - reportedAt < SUMMARY_MILLISECONDS) return
    reportedAt = clock.monotonic()
    log.info(`${done.toLocaleString('en-US')} of ${counted(cells.length, 'cell')} done`)
  }
}

/** A row with its compiled form, which is stored first. */
interface ReadRow extends PublicCellRow {
  compiled: CompiledBytes
}

/** @throws CellMismatchError when the zip holds another cell than the catalogue lists. */
function rowOf(
  cell: ChangedCell,
  read: Omit<ReadRow, 'source' | 'catalogue' | 'title' | 'blobKey'>,
  source: IndexCellsOptions['source'],
): ReadRow {
  const { title, version, key } = cell
  const mismatches = checkSummary(cell.name, version, read.summary, source)
  const summary = { ...read.summary, warnings: [...mismatches, ...read.summary.warnings] }
  return { ...read, summary, source: source.id, title, catalogue: version, blobKey: key }
}

/** Makes cells visible in one transaction. */
async function storeCells(rows: readonly ReadRow[], { source, storage, transaction }: IndexCellsOptions): Promise<void> {
  await transaction(async (trx) => {
    for (const { summary } of rows) await keepNewer(trx, source.id, summary)
    await storeCompiled(trx, storage, ...rows.map(({ compiled }) => compiled))
    await upsertPublicCells(trx, rows)
  })
  // Frees the memory at once: megabytes a second that wait for the garbage collector would make it collect the whole heap.
  for (const { compiled } of rows) freeBytes(compiled.bytes)
}

async function read(cell: ChangedCell, { storage, reader }: IndexCellsOptions, signal: AbortSignal) {
  return await storage.withFile(cell.key, (path) => reader.read({ path, zipName: `${cell.name}.zip` }, signal))
}

/** @throws CellMismatchError when the cell lacks updates and a newer version of it is visible. */
async function keepNewer(trx: Db, source: string, { name, edition, update, stoppedBy }: CellSummary): Promise<void> {
  const visible = stoppedBy === null ? null : await publicVersion(trx, source, name)
  if (visible === null || visible.edition < edition) return
  if (visible.edition > edition || visible.update > update) throw new CellMismatchError(`${stoppedBy}`)
}

async function hideCancelled(cell: ChangedCell, { source, storage, transaction }: IndexCellsOptions): Promise<void> {
  await transaction((trx) => removePublicCell(trx, source.id, cell.name))
  const marker = cancelledKey(cell.name, cell.version, source.id)
  await storage.put(marker, new TextEncoder().encode('cancelled by its last update\n'))
  await deleteOthers(storage, cellPrefix(cell.name, source.id), marker)
}

async function deleteOthers(storage: BlobStore, prefix: string, keep: string): Promise<void> {
  for await (const { key } of storage.list(prefix)) if (key !== keep) await storage.delete(key)
}

function reasonOf(error: unknown): string {
  if (error instanceof BlobMissingError) return 'its zip is gone; the next refresh downloads it again'
  if (isDataError(error)) return `it has a value that the database cannot store (${messageOf(error)})`
  return messageOf(error)
}

/** Whether an error concerns one cell only. Any other fault would hit every cell and must not be hidden in the log. */
function concernsCell(error: unknown): boolean {
  return (
    error instanceof CellReadError ||
    error instanceof CellMismatchError ||
    error instanceof BlobMissingError ||
    isDataError(error)
  )
}
