import { forgetCompiled, listCellsToCompile } from '#charts/cells/compiled-store.ts'
import { isAboutCompiledCell } from '#compiled/format/compiled-cell-error.ts'
import type { Db } from '#db/database.ts'
import type { Jobs } from '#jobs/jobs.ts'
import { startedBy } from '#jobs/model/starter.ts'
import { type Clock, systemClock } from '#lib/clock.ts'
import { AppError, messageOf } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'

/** Requests that cells be compiled again. */
export interface RecompileRequests {
  /** Queues `recompile-cells` if there are cells without a compiled form of this version. Call it when the server starts. */
  atStart(): Promise<void>
  /**
   * Reports a compiled cell that could not be loaded (missing, truncated, damaged, of another version), so that it is compiled
   * again from its source. Never throws: the caller continues with other cells.
   */
  report(key: string, error: unknown): Promise<void>
}

/** How long to wait before reporting the same compiled cell again. */
const AGAIN_MILLISECONDS = 60_000

export function createRecompileRequests(options: { db: Db; jobs: Jobs; log: Log; clock?: Clock }): RecompileRequests {
  const { db, jobs, log, clock = systemClock } = options
  const reported = new Map<string, number>()

  /** Whether a key is to be reported now: otherwise, requests for a chart that cannot be compiled would queue job after job. */
  function isDue(key: string): boolean {
    const now = clock.monotonic()
    for (const [each, at] of reported) if (now - at >= AGAIN_MILLISECONDS) reported.delete(each)
    if (reported.has(key)) return false
    reported.set(key, now)
    return true
  }

  async function queue(): Promise<void> {
    try {
      await jobs.create({ jobType: 'recompile-cells', accountId: null, startedBy: startedBy('server') })
    } catch (error) {
      // A queued or running job looks for new cells again before it ends.
      if (!(error instanceof AppError && error.code === 'JOB_TYPE_ACTIVE')) throw error
    }
  }

  return {
    async atStart() {
      const cells = await listCellsToCompile(db)
      if (cells.length === 0) return
      log.info({ cells: cells.length }, 'cells must be compiled for this version')
      await queue()
    },
    async report(key, error) {
      try {
        if (!isAboutCompiledCell(error) || !isDue(key)) return
        log.warn({ key, reason: messageOf(error) }, 'a compiled cell is unusable; compiling it again')
        if (await forgetCompiled(db, key)) await queue()
      } catch (failure) {
        log.error({ key, err: failure }, 'a damaged compiled cell could not be reported')
      }
    },
  }
}
