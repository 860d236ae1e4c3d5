import { isMainThread } from 'node:worker_threads'
import { crc32 } from 'node:zlib'
import { runInBackground } from '#lib/background-thread.ts'
import { type Guarded, underGuard } from '#lib/end-guard.ts'
import { messageOf } from '#lib/errors.ts'
import { isMachineFault } from '#lib/machine-fault.ts'
import { shortened } from '#lib/shortened.ts'
import { isStandardCellName } from '#s57/cell-file-name.ts'
import { readAuthority } from '#s63/authority.ts'
import { permitState } from '#s63/cell-permit.ts'
import { checkSignature } from '#s63/check-signature.ts'
import { decryptFile, isPlainCell } from '#s63/decrypt-file.ts'
import type { DatasetListing, SetCertificate } from '#s100/exchange-catalogue.ts'
import { readChartIdentification, standardOf } from '#s101/chart/read-chart.ts'
import { faultOf } from '../zip/member-fault.ts'
import { readStoredFile, type StoredFile } from '../zip/read-stored-file.ts'
import { UPLOAD_ZIP_LIMITS } from '../zip/zip-limits.ts'
import { type CellOpening, NO_IDENTITY, type SignatureRules } from './cell-opening.ts'
import { CellFilesError, chooseFiles, type IdentifiedFile, type UnreadableUpdate } from './choose-files.ts'
import { compileCellFiles, type ReadCell } from './compile-cell-files.ts'
import { giveWayHere } from './give-way-here.ts'
import { openListedFile } from './open-listed-file.ts'
import type { FailedOutcome } from './zipped-cell-worker.ts'

if (!isMainThread) runInBackground()

// Runs in a worker thread: assembles one cell from the files that the account's uploads contain of it.

/** An uploaded cell to read. */
export interface UploadedCellTask {
  cell: string
  files: UploadedCellFile[]
  /** The upload being indexed; null when the cell is rebuilt from the remaining uploads. */
  current: number | null
  /** Null when this server has no S-63 identity. */
  opening: CellOpening | null
  /** For files of S-100 exchange sets. */
  signatureRules: SignatureRules
}

/** A stored file of the cell, with what it is checked against. */
export interface UploadedCellFile extends StoredFile {
  /** Row of `upload_file`. */
  id: number
  upload: number
  number: number
  /** CRC-32 of the plain file according to CATALOG.031; null when it is not listed. */
  listedCrc: number | null
  signature: StoredFile | null
  /** What the CATALOG.XML of its S-100 exchange set says; null when it is not in one. */
  listing: DatasetListing | null
  /** Those of the exchange sets that it came with. */
  certificates: readonly SetCertificate[]
}

/** Errors lose their class between threads, so their message is passed. */
export type UploadedCellOutcome =
  | {
      ok: true
      cell: ReadCell
      /** Ids of the files that make the cell. */
      used: number[]
      /** Outcome of the decryption; null for a plain cell. */
      decrypted: string | null
    }
  | (FailedOutcome & { encrypted?: boolean; waiting?: boolean })

/** Assembles, parses and compiles an uploaded cell. Never rejects. */
export default function readGuarded(task: Guarded<UploadedCellTask>): Promise<UploadedCellOutcome> {
  return underGuard(task.guard, () => readUploadedFiles(task))
}

async function readUploadedFiles(task: UploadedCellTask): Promise<UploadedCellOutcome> {
  const notes: string[] = []
  const state: LoadState = { decrypted: null, unpackedBytes: 0 }
  try {
    const { files, unreadable } = loadAll(task, notes, state)
    const { base, updates, stoppedBy, warnings } = chooseFiles(task.cell, files, task.current, unreadable)
    const faulty = unreadable.find(({ upload }) => upload === task.current)
    // A fault that does not end the updates concerns a file that the cell does not need.
    if (faulty !== undefined && stoppedBy === null && ![base, ...updates].some(({ upload }) => upload === task.current)) {
      throw faulty.error
    }
    warnings.unshift(...new Set(notes), ...expiry(task.opening, state.decrypted))
    const { summary, compiled, applied } = compileCellFiles(base, updates, { name: task.cell, stoppedBy, giveWay: giveWayHere })
    if (!isStandardCellName(task.cell, summary.standard)) {
      warnings.push(
        `${base.name} is not named as a navigational chart (${NAME_FORMS[summary.standard]}); the cell is called ${task.cell}`,
      )
    }
    const stated = shortened(base.identification.name, 100)
    if (stated !== task.cell) warnings.push(`${base.name} names its cell ${stated}; the file name takes precedence`)
    const used = [base, ...updates.slice(0, applied)]
    const issueDate = listedIssueDate(task, used) ?? summary.issueDate
    return {
      ok: true,
      cell: { summary: { ...summary, issueDate, warnings: [...new Set([...warnings, ...summary.warnings])] }, compiled },
      used: used.map((file) => file.id),
      decrypted: state.decrypted,
    }
  } catch (error) {
    if (error instanceof LockedError) return { ok: false, message: error.message, encrypted: true, waiting: error.waiting }
    const message = shortened(messageOf(error))
    return { ok: false, message, encrypted: state.decrypted !== null, machineFault: isMachineFault(error) }
  }
}

/**
 * Loads the files that may make the cell. A base file that cannot be read is passed over when another copy of it can: a sync or a trash
 * folder may hold an old or broken one under the same name.
 *
 * @returns the updates that cannot be read apart. @throws what is wrong with the base file when no copy of it can be read.
 */
function loadAll(task: UploadedCellTask, notes: string[], state: LoadState) {
  const files: IdentifiedFile[] = []
  const unreadable: (UnreadableUpdate & { error: unknown })[] = []
  for (const file of usableFiles(task)) {
    try {
      files.push(load(file, task, notes, state))
    } catch (error) {
      // A file that only waits for its permit, or for this machine, is not damaged.
      if (isMachineFault(error) || (error instanceof LockedError && error.waiting)) throw error
      unreadable.push({ upload: file.upload, number: file.number, message: messageOf(error), error })
    }
  }
  const broken = unreadable.filter(({ number }) => number === 0)
  if (!files.some(({ number }) => number === 0)) {
    const [first] = broken.length > 0 ? broken : unreadable
    if (first !== undefined) throw first.error
  }
  for (const { message } of broken) notes.push(`a copy of the base file was passed over: ${message}`)
  return { files, unreadable: unreadable.filter(({ number }) => number > 0) }
}

/** Files of one cell that are held at once. NOAA's largest cell has some 10 MB; parsing takes a multiple of it. */
const MOST_BYTES = 128 * 1024 * 1024

/** The files that may make the cell: those of the newest upload with a base file, and of later ones. @throws CellFilesError */
function usableFiles({ cell, files }: UploadedCellTask): UploadedCellFile[] {
  const newest = Math.max(...files.filter((file) => file.number === 0).map((file) => file.upload))
  const usable = files.filter((file) => file.upload >= newest)
  // A file that cannot be unpacked takes no memory.
  const isRead = ({ place }: UploadedCellFile) => place === null || faultOf(place.method, UPLOAD_ZIP_LIMITS) === null
  const bytes = usable.filter(isRead).reduce((sum, file) => sum + file.bytes, 0)
  if (bytes <= MOST_BYTES) return usable
  const megabytes = (amount: number) => Math.round(amount / (1024 * 1024))
  throw new CellFilesError(
    `the files of ${cell} have ${megabytes(bytes)} MB together; at most ${megabytes(MOST_BYTES)} MB are accepted`,
  )
}

/** An encrypted file that cannot be decrypted; `waiting` when only a permit is missing. */
class LockedError extends Error {
  readonly waiting: boolean
  constructor(message: string, waiting: boolean) {
    super(message)
    this.waiting = waiting
  }
}

/** What the files of a cell have in common while they are loaded. */
interface LoadState {
  /** Outcome of the decryption; null while all files are plain. */
  decrypted: string | null
  /** Content of the files of exchange sets so far. */
  unpackedBytes: number
}

/** S-101 states dates of issue in exchange catalogues only: that of the last file that has one. */
function listedIssueDate({ files }: UploadedCellTask, used: readonly IdentifiedFile[]): string | null {
  const dates = used.map(({ id }) => files.find((file) => file.id === id)?.listing?.issueDate ?? null)
  return dates.findLast((date) => date !== null) ?? null
}

function load(
  file: UploadedCellFile,
  { opening, signatureRules }: UploadedCellTask,
  notes: string[],
  state: LoadState,
): IdentifiedFile {
  let bytes = readStoredFile(file)
  const { listing, certificates } = file
  if (listing !== null) {
    const listed = { name: file.name, listing, certificates }
    const room = MOST_BYTES - state.unpackedBytes
    bytes = openListedFile(listed, bytes, signatureRules, room, (message) => notes.push(message))
    state.unpackedBytes += bytes.length
  }
  const encrypted = !isPlainCell(bytes) && bytes.length % 8 === 0 && bytes.length > 0 && !isText(bytes)
  if (encrypted) {
    const opened = open(file, bytes, opening, notes)
    bytes = opened.bytes
    state.decrypted = `decrypted with cell key ${(opened.keyIndex % 2) + 1}`
  }
  if (file.listedCrc !== null && crc32(bytes) !== file.listedCrc) {
    // Data servers disagree on which checksum to list for an encrypted file; a plain file has only one.
    if (!encrypted) throw new CellFilesError(wrongChecksum(file, bytes))
    notes.push(wrongChecksum(file, bytes))
  }
  const { id, upload, name } = file
  const identification = readChartIdentification({ name, bytes })
  if (listing === null && signatureRules.policy === 'require' && standardOf(bytes) === 's101') {
    throw new CellFilesError(
      `${name} has no signature: it did not come in an exchange set with a CATALOG.XML, and signatures are required (S100_SIGNATURES)`,
    )
  }
  // A re-issue of S-101 has the number of the last update that it contains in its name.
  const isReissue = standardOf(bytes) === 's101' && identification.exchangePurpose !== UPDATE
  return { id, upload, name, number: isReissue ? 0 : file.number, bytes, identification }
}

const NAME_FORMS = {
  s57: 'eight letters and digits',
  s101: '101, four letters or digits of the producer, and up to ten more',
} as const

/** How much of a file tells a text, such as a page of an error saved under the name of a chart, from an encrypted chart. */
const SAMPLE_BYTES = 512

function isText(bytes: Buffer): boolean {
  return /^[\t\r\n\x20-\x7e]*$/.test(bytes.toString('latin1', 0, SAMPLE_BYTES))
}

/** EXPP of an update. */
const UPDATE = 2

function open(file: UploadedCellFile, bytes: Buffer, opening: CellOpening | null, notes: string[]) {
  const { name } = file
  if (opening === null) throw new LockedError(`${name} is encrypted (S-63) or not a chart; ${NO_IDENTITY}`, false)
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
  if (state === 'expiring') return [`its permit expires on ${opening.expires}`]
  return [`its permit expired on ${opening.expires}: the chart stays usable but gets no updates`]
}

function wrongChecksum(file: UploadedCellFile, bytes: Uint8Array): string {
  const hex = (crc: number) => crc.toString(16).toUpperCase().padStart(8, '0')
  return `${file.name} does not match CATALOG.031: its CRC-32 is ${hex(crc32(bytes))}, but ${hex(file.listedCrc ?? 0)} is listed`
}
