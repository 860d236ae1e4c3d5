import type { ThreadLoad } from '#lib/metrics.ts'
import type { CellReader } from './cell-reader.ts'

/** One set of threads for all jobs of this process: concurrent jobs must not take twice the processors. */
export interface SharedCellReader {
  /** Calls `work` with the reader. The first caller starts its threads, and the last to finish ends them. */
  use<T>(work: (reader: CellReader) => Promise<T>): Promise<T>
  load(): ThreadLoad
}

export function createSharedCellReader(open: () => CellReader): SharedCellReader {
  let reader: CellReader | null = null
  let users = 0
  return {
    async use(work) {
      reader ??= open()
      users++
      const mine = reader
      try {
        return await work(mine)
      } finally {
        users--
        if (users === 0) {
          reader = null
          await mine.close()
        }
      }
    },
    load: () => reader?.load() ?? { threads: 0, busy: 0, queued: 0 },
  }
}
