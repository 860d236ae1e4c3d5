import { messageOf, PermanentError } from '#lib/errors.ts'
import { readCellFiles } from '../zip/read-cell-files.ts'
import { compileCellFiles, type ReadCell } from './compile-cell-files.ts'

// Runs in a worker thread: unpacking and parsing would block the event loop, and with it the heartbeat of the job.

export interface ZipTask {
  /** The zip on disk. */
  path: string
  /** What messages call the zip. */
  zipName: string
}

export interface ReadZip extends ReadCell {
  /** Of the texts and pictures that its features name, those that lie in the zip; upper case. */
  texts: string[]
}

/** Errors lose their class between threads, so they travel as words. */
export type ZipOutcome = { ok: true; cell: ReadZip } | { ok: false; message: string }

export default async function readCellZip(task: ZipTask): Promise<ZipOutcome> {
  try {
    const files = await readCellFiles(task.path, task.zipName)
    const cell = compileCellFiles(files.base, files.updates)
    const others = new Set(files.others)
    return { ok: true, cell: { ...cell, texts: cell.summary.references.filter((name) => others.has(name)) } }
  } catch (error) {
    const message = messageOf(error)
    return { ok: false, message: error instanceof PermanentError ? message : `${task.zipName} cannot be read: ${message}` }
  }
}
