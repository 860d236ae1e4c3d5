import path from 'node:path'
import type { Config } from '#config/config.ts'
import type { Log } from '#lib/log.ts'
import { markProcess, type ProcessMark } from '#lib/process-mark.ts'

/** Marks this process as running until it stops. Null when the data folder cannot be written. */
export async function composeMark(config: Config, log: Log, closing: AsyncDisposableStack): Promise<ProcessMark | null> {
  try {
    const mark = await markProcess(path.join(config.dataDir, 'running'))
    closing.defer(mark.remove)
    for (const { id, isOutOfMemory } of mark.lost)
      log.warn(
        { processId: id },
        isOutOfMemory ? 'an earlier process ran out of memory' : 'an earlier process ended without a stop',
      )
    return mark
  } catch (error) {
    log.warn(
      { err: error },
      'this process could not be marked as running; if it runs out of memory, the next start will not know',
    )
    return null
  }
}
