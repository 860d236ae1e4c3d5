import { crc32 } from 'node:zlib'
import { messageOf } from '#lib/errors.ts'
import { readFileIdentification } from '#s57/read-file-identification.ts'
import { CellFilesError, chooseFiles, type HeldFile } from '../uploads/choose-files.ts'
import { readStoredFile, type StoredFile } from '../zip/read-stored-file.ts'
import { type IndexedCell, indexCellFiles } from './index-cell-files.ts'

// Runs in a worker thread: puts one cell together from the files that an account's uploads hold of it.

export interface HeldCellTask {
  cell: string
  files: HeldCellFile[]
  /** The upload that is being read; null when a cell is put together anew from what is left. */
  current: number | null
}

export interface HeldCellFile extends StoredFile {
  /** Row of `upload_file`. */
  id: number
  upload: number
  number: number
  /** CRC-32 of the plain file, as CATALOG.031 lists it; null when it does not. */
  listedCrc: number | null
}

/** Errors lose their class between threads, so they travel as words. */
export type HeldCellOutcome =
  | {
      ok: true
      cell: IndexedCell
      /** Ids of the files that the cell is made of. */
      used: number[]
    }
  | { ok: false; message: string }

export default async function readHeldCell(task: HeldCellTask): Promise<HeldCellOutcome> {
  try {
    const { base, updates, warnings } = chooseFiles(task.cell, task.files.map(load), task.current)
    const { summary, compiled } = indexCellFiles(base, updates)
    if (summary.name !== task.cell) warnings.push(`the file ${base.name} calls its cell ${summary.name}; the file's name counts`)
    return {
      ok: true,
      cell: { summary: { ...summary, name: task.cell, warnings: [...warnings, ...summary.warnings] }, compiled },
      used: [base, ...updates].map((file) => file.id),
    }
  } catch (error) {
    return { ok: false, message: messageOf(error) }
  }
}

function load(file: HeldCellFile): HeldFile {
  const bytes = readStoredFile(file)
  if (file.listedCrc !== null && crc32(bytes) !== file.listedCrc) throw new CellFilesError(wrongChecksum(file, bytes))
  const { id, upload, name, number } = file
  return { id, upload, name, number, bytes, identification: readFileIdentification({ name, bytes }) }
}

function wrongChecksum(file: HeldCellFile, bytes: Uint8Array): string {
  const hex = (crc: number) => crc.toString(16).toUpperCase().padStart(8, '0')
  return `${file.name} is not the file that CATALOG.031 lists: its CRC-32 is ${hex(crc32(bytes))}, listed is ${hex(file.listedCrc ?? 0)}`
}
