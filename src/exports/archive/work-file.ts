import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { PackMetadata, StoredTile, WorkAnswer, WorkRequest, WorkTotals } from './work-file-messages.ts'

/** The tiles of a pack as they are drawn: an MBTiles file, written by a thread of its own. */
export interface WorkFile {
  /** How many tiles of the pack's order are done: drawn, or found empty. */
  next(): Promise<number>
  /** Stores tiles and how many are done, in one transaction. */
  put(tiles: readonly StoredTile[], next: number): Promise<void>
  /** Writes the metadata, and the tiles as PMTiles to a path, if one is given. */
  finish(metadata: PackMetadata, pmtiles: string | null): Promise<WorkTotals>
  close(): Promise<void>
}

/** Opens a work file, or begins a new one. @throws when the file is damaged or cannot be written. */
export async function openWorkFile(file: string): Promise<WorkFile> {
  await mkdir(path.dirname(file), { recursive: true })
  const worker = new Worker(new URL(import.meta.resolve('#exports/archive/work-file-thread.ts')), {
    workerData: { file },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let count = 0
  let dead: Error | null = null

  function failAll(error: Error): void {
    dead = error
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('error', (error) => failAll(error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', () => failAll(dead ?? new Error('the thread that writes the pack has ended')))
  worker.on('message', (answer: WorkAnswer) => {
    const caller = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) caller?.reject(new Error(answer.error))
    else caller?.resolve(answer.value)
  })

  function ask<T>(request: WorkRequest): Promise<T> {
    if (dead !== null) return Promise.reject(dead)
    const id = ++count
    return new Promise<T>((resolve, reject) => {
      waiting.set(id, { resolve: (value) => resolve(value as T), reject })
      worker.postMessage({ id, ...request })
    })
  }

  const workFile: WorkFile = {
    next: () => ask<number>({ do: 'next' }),
    put: (tiles, next) => ask({ do: 'put', tiles, next }),
    finish: (metadata, pmtiles) => ask<WorkTotals>({ do: 'finish', metadata, pmtiles }),
    async close() {
      if (dead !== null) return
      const ended = once(worker, 'exit')
      await ask({ do: 'close' })
      await ended
    },
  }
  // Finds a damaged file now rather than with the first tile.
  await workFile.next()
  return workFile
}
