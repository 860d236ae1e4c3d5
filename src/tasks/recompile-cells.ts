import { type CellToCompile, listCellsToCompile, setCompiled, sweepCompiled } from '#charts/cells/compiled-store.ts'
import { forgetCatalogueVersion } from '#charts/cells/public-cells.ts'
import type { SignatureRules } from '#charts/reading/cell-opening.ts'
import { CellReadError, type CellReader } from '#charts/reading/cell-reader.ts'
import { recompileUploadedCell } from '#charts/uploads/read-uploaded-cell.ts'
import type { S63 } from '#charts/uploads/s63.ts'
import type { JobContext, JobType, StepContext } from '#jobs/model/job-type.ts'
import { noParameters } from '#jobs/model/read-parameters.ts'
import { messageOf } from '#lib/errors.ts'
import { forEachLimited } from '#lib/for-each-limited.ts'
import { isMachineFault } from '#lib/machine-fault.ts'
import { counted, duration } from '#lib/quantities.ts'
import { BlobMissingError } from '#storage/blob-store.ts'
import type { IndexOptions } from './index-public-encs.ts'

export type RecompileOptions = IndexOptions & { s63?: S63 | null; signatureRules: SignatureRules }

export interface RecompileResult extends Record<string, unknown> {
  compiled: number
  failed: number
}

/** With more cells than this, the log does not get a line for each. */
const LINE_PER_CELL = 40

/**
 * Compiles cells that have no compiled form of this version (indexed by an earlier Chartroom) or a damaged one, from their zips. The
 * server queues it. A crash loses nothing: a retry finds only the cells that remain. A cell that cannot be compiled keeps its last
 * version and counts as failed; the next start of the server tries it again.
 */
export function recompileCells(options: RecompileOptions): JobType<unknown, RecompileResult> {
  return {
    name: 'recompile-cells',
    queue: 'import',
    creatable: false,
    exclusive: true,
    steps: [{ name: 'step_recompile', weight: 1 }],
    parse: noParameters,
    run: (job) => job.step('step_recompile', (step) => recompile(options, job, step)),
  }
}

async function recompile(
  { db, storage, clock, workers, reader, s63 = null, signatureRules }: RecompileOptions,
  job: JobContext,
  step: StepContext,
): Promise<RecompileResult> {
  const { log, signal } = job
  const began = clock.monotonic()
  const result: RecompileResult = { compiled: 0, failed: 0 }
  const tried = new Set<string>()
  /** Cells that a later try may compile. */
  const again: string[] = []
  await reader.use(compileAll)
  const swept = await sweepCompiled(db, storage, signal)
  if (swept.files > 0) log.info(`Removed ${counted(swept.files, 'compiled cell')} no longer in use`)
  log.info(`Compiled ${counted(result.compiled, 'cell')}, ${result.failed} failed, in ${duration(clock.monotonic() - began)}`)
  if (again.length > 0)
    throw new Error(
      `${counted(again.length, 'cell')} could not be read in time or on this machine: ${again.slice(0, 5).join(', ')}`,
    )
  return result

  async function compileAll(threads: CellReader): Promise<void> {
    // Cells reported while this job runs cannot queue another one, so it looks again until there are none.
    for (;;) {
      const cells = (await listCellsToCompile(db)).filter((cell) => !tried.has(cell.id))
      if (cells.length === 0) return
      for (const { id } of cells) tried.add(id)
      log.info(`Compiling ${counted(cells.length, 'cell')} in ${counted(Math.max(1, workers), 'thread')}`)
      await forEachLimited(cells, { concurrency: workers, signal }, async (cell, stopping) => {
        await compileOne(threads, cell, stopping)
        step.progress((result.compiled + result.failed) / tried.size)
      })
    }
  }

  async function compileOne(threads: CellReader, cell: CellToCompile, stopping: AbortSignal): Promise<void> {
    try {
      // An uploaded cell is assembled from all uploads that contribute to it, and compiled in the process.
      if (cell.accountId !== null) {
        const { name, accountId } = cell
        const reading = { db, storage, reader: threads, s63, signatureRules }
        const options = { ...reading, signal: stopping, transaction: step.transaction }
        await recompileUploadedCell(options, { accountId, name })
        result.compiled++
        return
      }
      const { compiled, summary } = await storage.withFile(cell.blobKey, (path) =>
        threads.read({ path, zipName: `${cell.name}.zip` }, stopping),
      )
      if (compiled === null) throw new CellReadError('its last update cancels it')
      await step.transaction((trx) => setCompiled(trx, storage, cell, { compiled, coverage: summary.coverage }))
      result.compiled++
      if (tried.size <= LINE_PER_CELL) log.info(`${cell.name} compiled, ${compiled.bytes.length.toLocaleString('en-US')} bytes`)
    } catch (error) {
      const isPassing = isMachineFault(error) || (error instanceof CellReadError && error.late)
      const gone = error instanceof BlobMissingError
      if (stopping.aborted || !(isPassing || gone || error instanceof CellReadError)) throw error
      result.failed++
      if (isPassing) again.push(cell.name)
      if (gone) await step.transaction((trx) => forgetCatalogueVersion(trx, cell.id))
      log.error(`${cell.name} could not be compiled and keeps its last version: ${gone ? missing(cell) : messageOf(error)}`)
    }
  }
}

function missing({ accountId }: CellToCompile): string {
  return accountId === null
    ? 'its source file is missing; the next refresh downloads it again'
    : 'the file of its upload is missing; upload it again'
}
