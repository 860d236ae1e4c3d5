import { crc32 } from 'node:zlib'
import { messageOf } from '#lib/errors.ts'
import { readFileIdentification } from '#s57/read-file-identification.ts'
import { readAuthority } from '#s63/authority.ts'
import { permitState } from '#s63/cell-permit.ts'
import { checkSignature } from '#s63/check-signature.ts'
import { decryptFile, isPlainCell } from '#s63/decrypt-file.ts'
import { readStoredFile, type StoredFile } from '../zip/read-stored-file.ts'
import { type CellOpening, NO_IDENTITY } from './cell-opening.ts'
import { CellFilesError, chooseFiles, type IdentifiedFile } from './choose-files.ts'
import { compileCellFiles, type ReadCell } from './compile-cell-files.ts'

// Runs in a worker thread: puts one cell together from the files that an account's uploads hold of it.

export interface UploadedCellTask {
  cell: string
  files: UploadedCellFile[]
  /** The upload that is being read; null when a cell is put together anew from what is left. */
  current: number | null
  /** Null when this server has no S-63 identity. */
  opening: CellOpening | null
}

export interface UploadedCellFile extends StoredFile {
  /** Row of `upload_file`. */
  id: number
  upload: number
  number: number
  /** CRC-32 of the plain file, as CATALOG.031 lists it; null when it does not. */
  listedCrc: number | null
  signature: StoredFile | null
}

/** Errors lose their class between threads, so they travel as words. */
export type UploadedCellOutcome =
  | {
      ok: true
      cell: ReadCell
      /** Ids of the files that the cell is made of. */
      used: number[]
      /** How decryption went; null for a plain cell. */
      decrypted: string | null
    }
  | { ok: false; message: string; encrypted?: boolean; waiting?: boolean }

export default async function readUploadedFiles(task: UploadedCellTask): Promise<UploadedCellOutcome> {
  const notes: string[] = []
  const state = { decrypted: null as string | null }
  try {
    const { base, updates, warnings } = chooseFiles(
      task.cell,
      task.files.map((file) => load(file, task.opening, notes, state)),
      task.current,
    )
    warnings.unshift(...new Set(notes), ...expiry(task.opening, state.decrypted))
    const { summary, compiled } = compileCellFiles(base, updates)
    if (summary.name !== task.cell) warnings.push(`the file ${base.name} calls its cell ${summary.name}; the file's name counts`)
    return {
      ok: true,
      cell: { summary: { ...summary, name: task.cell, warnings: [...warnings, ...summary.warnings] }, compiled },
      used: [base, ...updates].map((file) => file.id),
      decrypted: state.decrypted,
    }
  } catch (error) {
    if (error instanceof LockedError) return { ok: false, message: error.message, encrypted: true, waiting: error.waiting }
    return { ok: false, message: messageOf(error), encrypted: state.decrypted !== null }
  }
}

/** An encrypted file that cannot be opened; `waiting` when a permit is all that is missing. */
class LockedError extends Error {
  readonly waiting: boolean
  constructor(message: string, waiting: boolean) {
    super(message)
    this.waiting = waiting
  }
}

function load(
  file: UploadedCellFile,
  opening: CellOpening | null,
  notes: string[],
  state: { decrypted: string | null },
): IdentifiedFile {
  let bytes = readStoredFile(file)
  const encrypted = !isPlainCell(bytes) && bytes.length % 8 === 0 && bytes.length > 0
  if (encrypted) {
    const opened = open(file, bytes, opening, notes)
    bytes = opened.bytes
    state.decrypted = `decrypted with cell key ${(opened.keyIndex % 2) + 1}`
  }
  if (file.listedCrc !== null && crc32(bytes) !== file.listedCrc) {
    // What a data server puts there for an encrypted file is not agreed upon; a plain file has only one checksum.
    if (!encrypted) throw new CellFilesError(wrongChecksum(file, bytes))
    notes.push(wrongChecksum(file, bytes))
  }
  const { id, upload, name, number } = file
  return { id, upload, name, number, bytes, identification: readFileIdentification({ name, bytes }) }
}

function open(file: UploadedCellFile, bytes: Buffer, opening: CellOpening | null, notes: string[]) {
  const { name } = file
  if (opening === null) throw new LockedError(`${name} is encrypted (S-63), or it is no chart at all; ${NO_IDENTITY}`, false)
  if (opening.signatures !== 'off') {
    const authorities = opening.authorities.map((authority) => readAuthority(authority.name, authority.bytes))
    const signature = file.signature === null ? null : readStoredFile(file.signature)
    const checked = checkSignature({ name, bytes }, signature, authorities)
    if (!checked.ok && opening.signatures === 'require') throw new LockedError(checked.failure.message, false)
    if (!checked.ok) notes.push(checked.failure.message)
  }
  const keys = opening.keys.map((key) => Buffer.from(key, 'hex'))
  const opened = decryptFile({ name, bytes }, keys)
  if (!opened.ok) throw new LockedError(opened.failure.message, opened.failure.reason === 'no-permit')
  return opened
}

function expiry(opening: CellOpening | null, decrypted: string | null): string[] {
  if (decrypted === null || opening === null || opening.expires === null) return []
  const state = permitState({ expires: opening.expires }, new Date().toISOString().slice(0, 10))
  if (state === 'valid') return []
  if (state === 'expiring') return [`its permit ends on ${opening.expires}`]
  return [`its permit ended on ${opening.expires}: the chart can still be used, but gets no updates`]
}

function wrongChecksum(file: UploadedCellFile, bytes: Uint8Array): string {
  const hex = (crc: number) => crc.toString(16).toUpperCase().padStart(8, '0')
  return `${file.name} is not the file that CATALOG.031 lists: its CRC-32 is ${hex(crc32(bytes))}, listed is ${hex(file.listedCrc ?? 0)}`
}
