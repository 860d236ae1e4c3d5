import { isAboutCompiledCell } from '#compiled/format/compiled-cell-error.ts'
import type { CompiledCellCache } from '#compiled/read/compiled-cell-cache.ts'
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

/**
 * Loads cells for a worker thread.
 *
 * @throws AppError CHART_UNREADABLE (503) when one cannot be used: a product made without it would show less than there is and not say so.
 */
export async function loadCellBuffers(
  cells: readonly ChartCell[],
  { compiled, log, onBrokenCell }: CellSource,
  signal: AbortSignal,
): Promise<CellBuffer[]> {
  const buffers: CellBuffer[] = []
  for (const { compiledKey, name } of cells) {
    signal.throwIfAborted()
    try {
      buffers.push({ key: compiledKey, buffer: await compiled.load(compiledKey) })
    } catch (error) {
      log.warn({ cell: name, err: error }, 'a compiled cell cannot be used')
      if (!isAboutCompiledCell(error))
        throw new AppError('CHART_UNREADABLE', `The chart ${name} could not be read just now. Try again soon.`, { cause: error })
      onBrokenCell(compiledKey, error)
      throw new AppError('CHART_UNREADABLE', `The chart ${name} is being prepared again. Try again soon.`)
    }
  }
  return buffers
}
