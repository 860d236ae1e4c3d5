import { isMainThread } from 'node:worker_threads'
import { runInBackground } from '#lib/background-thread.ts'
import { type Guarded, underGuard } from '#lib/end-guard.ts'
import { messageOf } from '#lib/errors.ts'
import { isMachineFault } from '#lib/machine-fault.ts'
import { shortened } from '#lib/shortened.ts'
import { readCatalogueFile } from '#s57/read-catalogue-file.ts'
import { readStoredFile, type StoredFile } from '../zip/read-stored-file.ts'
import type { FailedOutcome } from './zipped-cell-worker.ts'

if (!isMainThread) runInBackground()

// Runs in a worker thread: parsing a large CATALOG.031 takes seconds and many times its size in memory.

/** What an upload uses of an entry of its CATALOG.031. */
export interface ListedEntry {
  path: string
  longName: string
  /** CRC-32 of the plain file; null when it is not stated. */
  checksum: number | null
}

/** Errors lose their class between threads, so their message is passed. */
export type CatalogueFileOutcome = { ok: true; entries: ListedEntry[]; warnings: string[] } | FailedOutcome

/** NOAA's whole exchange set lists some 35,000 files. */
const MOST_ENTRIES = 100_000
const LONGEST_PATH = 1_000
const LONGEST_TITLE = 300

/** Reads the files that a CATALOG.031 lists. Never rejects. */
export default function readGuarded(file: Guarded<StoredFile>): CatalogueFileOutcome {
  return underGuard(file.guard, () => readListedFiles(file))
}

function readListedFiles(file: StoredFile): CatalogueFileOutcome {
  try {
    const { entries, warnings } = readCatalogueFile({ name: file.name, bytes: readStoredFile(file) })
    const usable = entries.filter(({ path }) => path.length <= LONGEST_PATH)
    const kept = usable.slice(0, MOST_ENTRIES)
    const left = entries.length - kept.length
    const notes = warnings.map((warning) => shortened(warning))
    if (left > 0)
      notes.push(`${file.name}: ${left} entries were left out: too many, or with a path of over ${LONGEST_PATH} characters`)
    return {
      ok: true,
      entries: kept.map(({ path, longName, checksum }) => ({ path, longName: shortened(longName, LONGEST_TITLE), checksum })),
      warnings: notes,
    }
  } catch (error) {
    return { ok: false, message: shortened(messageOf(error)), machineFault: isMachineFault(error) }
  }
}
