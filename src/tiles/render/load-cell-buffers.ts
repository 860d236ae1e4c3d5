import { isAboutCompiledCell } from '#compiled/format/compiled-cell-error.ts'
import type { CompiledCellCache, LoadedCell } from '#compiled/read/compiled-cell-cache.ts'
import { AppError } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import type { ChartCell } from '../view/chart-snapshot.ts'
import type { CellBuffer } from './tile-task.ts'

export interface CellSource {
  compiled: CompiledCellCache
  log: Log
  /** Called for each compiled cell whose file is missing or damaged. */
  onBrokenCell(key: string, error: unknown): void
}

/** Cells in memory that is not reused before their release. */
export interface CellBuffers {
  cells: CellBuffer[]
  release(): void
}

/**
 * Loads cells for a worker thread.
 * @throws AppError CHART_UNREADABLE (503) when one cannot be used: a product made without it would silently show less than there is.
 */
export async function loadCellBuffers(
  cells: readonly ChartCell[],
  source: CellSource,
  signal: AbortSignal,
): Promise<CellBuffers> {
  const loaded: LoadedCell[] = []
  const buffers: CellBuffer[] = []
  const release = () => {
    for (const cell of loaded) cell.release()
  }
  try {
    for (const cell of cells) {
      signal.throwIfAborted()
      const held = await load(cell, source)
      loaded.push(held)
      buffers.push({ key: cell.compiledKey, bytes: held.bytes })
    }
  } catch (error) {
    release()
    throw error
  }
  return { cells: buffers, release }
}

async function load({ compiledKey, name }: ChartCell, { compiled, log, onBrokenCell }: CellSource): Promise<LoadedCell> {
  try {
    return await compiled.load(compiledKey)
  } catch (error) {
    log.warn({ cell: name, err: error }, 'a compiled cell cannot be used')
    if (!isAboutCompiledCell(error))
      throw new AppError('CHART_UNREADABLE', `The chart ${name} cannot be read right now. Try again soon.`, { cause: error })
    onBrokenCell(compiledKey, error)
    throw new AppError('CHART_UNREADABLE', `The chart ${name} is being prepared again. Try again soon.`)
  }
}
