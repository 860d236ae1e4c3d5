import { messageOf, PermanentError } from '#lib/errors.ts'
import { readCellFiles } from '../zip/read-cell-files.ts'
import { type IndexedCell, indexCellFiles } from './compile-cell-files.ts'

// Runs in a worker thread: unpacking and parsing would block the event loop, and with it the heartbeat of the job.

export interface CellTask {
  /** The zip on disk. */
  path: string
  /** What messages call the zip. */
  zipName: string
}

export interface IndexedZip extends IndexedCell {
  /** Of the texts and pictures that its features name, those that lie in the zip; upper case. */
  texts: string[]
}

/** Errors lose their class between threads, so they travel as words. */
export type CellOutcome = { ok: true; cell: IndexedZip } | { ok: false; message: string }

export default async function readCellZip(task: CellTask): Promise<CellOutcome> {
  try {
    const files = await readCellFiles(task.path, task.zipName)
    const cell = indexCellFiles(files.base, files.updates)
    const others = new Set(files.others)
    return { ok: true, cell: { ...cell, texts: cell.summary.references.filter((name) => others.has(name)) } }
  } catch (error) {
    const message = messageOf(error)
    return { ok: false, message: error instanceof PermanentError ? message : `${task.zipName} cannot be read: ${message}` }
  }
}
