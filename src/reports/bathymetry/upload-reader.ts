import { Piscina } from 'piscina'
import { YOUNG_MEGABYTES } from '#lib/thread-memory.ts'
import type { UploadOutcome, UploadTask } from './sounding-upload.ts'

/** Reads the bodies of uploads in a thread, which starts with the first one and ends when none comes. */
export interface UploadReader {
  /** @throws the signal's reason when it aborts. */
  read(task: UploadTask, signal: AbortSignal): Promise<UploadOutcome>
  /** Ends the thread. */
  close(): Promise<void>
}

const MEMORY_MEGABYTES = 256

export function createUploadReader(): UploadReader {
  let pool: Piscina<UploadTask, UploadOutcome> | null = null
  return {
    async read(task, signal) {
      pool ??= openPool()
      try {
        return await pool.run(task, { signal })
      } catch (error) {
        signal.throwIfAborted()
        if (!isOutOfMemory(error)) throw error
        return { kind: 'not-json', message: `reading it takes more than ${MEMORY_MEGABYTES} MB of memory` }
      }
    },
    close: async () => await pool?.destroy(),
  }
}

function openPool(): Piscina<UploadTask, UploadOutcome> {
  const pool = new Piscina<UploadTask, UploadOutcome>({
    filename: import.meta.resolve('#reports/bathymetry/read-upload-worker.ts'),
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 30_000,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MEGABYTES, maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  })
  // The task that lost its thread is refused already; an unhandled `error` event would end the process.
  pool.on('error', () => {})
  return pool
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
}
