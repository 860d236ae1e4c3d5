import { statSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'
import { runInBackground } from '#lib/background-thread.ts'
import { type Guarded, underGuard } from '#lib/end-guard.ts'
import { messageOf, PermanentError } from '#lib/errors.ts'
import { isMachineFault } from '#lib/machine-fault.ts'
import { shortened } from '#lib/shortened.ts'
import { readCellFiles } from '../zip/read-cell-files.ts'
import { compileCellFiles, type ReadCell } from './compile-cell-files.ts'
import { giveWayHere } from './give-way-here.ts'

if (!isMainThread) runInBackground()

// Runs in a worker thread: unpacking and parsing would block the event loop and the heartbeat of the job.

/** A zip with one cell to read. */
export interface ZipTask {
  /** The zip on disk. */
  path: string
  /** Name of the zip in messages. */
  zipName: string
}

/** A cell that was read from a zip. */
export interface ReadZip extends ReadCell {
  /** Texts and pictures that its features name and the zip contains, in upper case. */
  texts: string[]
  /** Size of the zip. */
  byteSize: number
}

/** Errors lose their class between threads, so their message is passed. */
export type ZipOutcome = { ok: true; cell: ReadZip } | FailedOutcome

/** A cell that could not be read; `machineFault` when only this machine is at fault, `late` when only time ran out. */
export interface FailedOutcome {
  ok: false
  message: string
  machineFault?: boolean
  late?: boolean
}

/** Unpacks, parses and compiles the cell in a zip. Never rejects. */
export default function readGuarded(task: Guarded<ZipTask>): Promise<ZipOutcome> {
  return underGuard(task.guard, () => readCellZip(task))
}

async function readCellZip(task: ZipTask): Promise<ZipOutcome> {
  try {
    const files = await readCellFiles(task.path, task.zipName)
    giveWayHere()
    const cell = compileCellFiles(files.base, files.updates, { stoppedBy: files.stoppedBy, giveWay: giveWayHere })
    const others = new Set(files.others)
    const texts = cell.summary.references.filter((name) => others.has(name))
    const summary = { ...cell.summary, warnings: [...cell.summary.warnings, ...files.warnings] }
    return { ok: true, cell: { ...cell, summary, texts, byteSize: statSync(task.path).size } }
  } catch (error) {
    const message = shortened(messageOf(error))
    if (isMachineFault(error)) return { ok: false, message: `${task.zipName} cannot be read: ${message}`, machineFault: true }
    return { ok: false, message: error instanceof PermanentError ? message : `${task.zipName} cannot be read: ${message}` }
  }
}
