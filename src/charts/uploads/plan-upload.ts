import { PermanentError } from '#lib/errors.ts'
import { counted } from '#lib/quantities.ts'
import { storableText } from '#lib/storable-text.ts'
import type { ListedFile } from '#s57/read-catalogue-file.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { type OpenZip, openZip } from '../zip/open-zip.ts'
import { UPLOAD_ZIP_LIMITS } from '../zip/zip-limits.ts'
import type { PlannedCell, PlannedFile, UploadPlan } from './plan-store.ts'
import { readListedFiles } from './read-listed-files.ts'
import { fileName, folderOf, type SortedFiles, sortFiles, type UploadedFile } from './sort-files.ts'
import type { StoredUpload } from './upload-store.ts'

/** The contents of an upload. */
export interface PlannedUpload extends UploadPlan {
  /** The permit files, whole: they are small, and the same step installs them. */
  permits: { name: string; bytes: Uint8Array }[]
  /** Lines for the job's log. */
  notes: { level: 'info' | 'warning'; message: string }[]
}

/** A permit takes about 90 bytes, and the world has under 20,000 cells. */
const MOST_PERMIT_BYTES = 16 * 1024 * 1024

/**
 * Lists the cells, updates, signatures, permits and texts of an upload, with what its CATALOG.031 says of them. Unpacks nothing to
 * disk.
 *
 * @throws ZipError for a broken or hostile zip; PermanentError when nothing in it is usable.
 */
export async function planUpload(storage: BlobStore, upload: StoredUpload): Promise<PlannedUpload> {
  if (upload.kind === 'permit') {
    if (upload.fileSize > MOST_PERMIT_BYTES) throw new PermanentError(`${upload.filename} is too large for a permit file`)
    return { cells: [], files: [], notes: [], permits: [{ name: upload.filename, bytes: await storage.read(upload.blobKey) }] }
  }
  if (upload.kind === 'cell')
    return planned(sortFiles([{ path: upload.filename, bytes: upload.fileSize, place: null }]), [], [], [])
  return await storage.withFile(upload.blobKey, async (path) => {
    const zip = await openZip(path, upload.filename, UPLOAD_ZIP_LIMITS)
    try {
      return await planZip(zip, upload.filename)
    } finally {
      zip.close()
    }
  })
}

async function planZip(zip: OpenZip, zipName: string): Promise<PlannedUpload> {
  const sorted = sortFiles(zip.members)
  const notes: PlannedUpload['notes'] = []
  if (sorted.cells.size === 0 && sorted.permits.length === 0) throw new PermanentError(nothingUsable(zipName, zip, sorted))
  for (const { path } of sorted.nested) {
    notes.push({
      level: 'warning',
      message: `${quoted(path)} is a zip within the zip and was ignored: unpack it and upload it separately`,
    })
  }
  const read = (file: UploadedFile) => {
    const member = zip.members.find((each) => each.path === file.path)
    if (member === undefined) throw new Error(`${quoted(file.path)} is not a member of ${zipName}`)
    return zip.read(member)
  }
  const listed: ListedFile[] = []
  for (const file of sorted.catalogues) {
    const { entries, warnings } = readListedFiles(file.path, await read(file))
    for (const entry of entries) listed.push({ ...entry, path: joined(folderOf(file.path), entry.path) })
    for (const message of warnings) notes.push({ level: 'warning', message })
  }
  const permits = []
  for (const file of sorted.permits) {
    if (file.bytes > MOST_PERMIT_BYTES)
      notes.push({ level: 'warning', message: `${quoted(file.path)} is too large for a permit file` })
    else permits.push({ name: fileName(file.path), bytes: await read(file) })
  }
  return planned(sorted, listed, permits, notes)
}

function planned(
  sorted: SortedFiles,
  listed: readonly ListedFile[],
  permits: PlannedUpload['permits'],
  notes: PlannedUpload['notes'],
): PlannedUpload {
  // Case does not count in the names of an exchange set.
  const byPath = new Map(listed.map((entry) => [entry.path.toUpperCase(), entry]))
  const entryOf = (file: UploadedFile) => byPath.get(file.path.toUpperCase())
  const cells: PlannedCell[] = []
  const files: PlannedFile[] = []
  for (const [name, parts] of sorted.cells) {
    const title = parts.map((part) => entryOf(part)?.longName).find((longName) => longName) ?? null
    cells.push({ name, title: title && storableText(title), bytes: parts.reduce((sum, part) => sum + part.bytes, 0) })
    for (const part of parts) {
      files.push({
        ...common(part),
        role: 'cell',
        cell: name,
        number: part.number,
        name: part.name,
        listedCrc: entryOf(part)?.checksum ?? null,
      })
    }
  }
  for (const part of sorted.signatures) {
    files.push({ ...common(part), role: 'signature', cell: part.cell, number: part.number, name: part.name, listedCrc: null })
  }
  for (const text of sorted.texts) {
    files.push({
      ...common(text),
      role: 'text',
      cell: null,
      number: null,
      name: storableText(fileName(text.path)),
      listedCrc: null,
    })
  }
  const there = new Set([...sorted.cells.values()].flat().map((part) => part.path.toUpperCase()))
  const missing = listed.filter((entry) => /\.\d{3}$/.test(entry.path) && !/CATALOG\.031$/i.test(entry.path))
  const absent = missing.filter((entry) => !there.has(entry.path.toUpperCase()) && !isSignature(entry.path))
  if (listed.length > 0) notes.push({ level: 'info', message: `CATALOG.031 lists ${counted(listed.length, 'file')}` })
  if (absent.length > 0) {
    const names = absent.slice(0, 10).map((entry) => quoted(entry.path))
    const more = absent.length > names.length ? ` and ${absent.length - names.length} more` : ''
    notes.push({ level: 'warning', message: `CATALOG.031 lists chart files that are missing: ${names.join(', ')}${more}` })
  }
  return { cells, files, permits, notes }
}

function common(file: UploadedFile) {
  return { folder: storableText(folderOf(file.path)), bytes: file.bytes, place: file.place }
}

function isSignature(path: string): boolean {
  return /(?:^|\/)[0-9A-Z]{2}[I-Q][0-9A-Z]{5}\.\d{3}$/i.test(path)
}

/** A path in CATALOG.031 is relative to the folder of the file. */
function joined(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`
}

function nothingUsable(zipName: string, zip: OpenZip, sorted: SortedFiles): string {
  const wanted = 'expected are cell files (such as US5X1234.000, with updates .001 and up) or permits (PERMIT.TXT, .prm)'
  const [nested] = sorted.nested
  if (nested !== undefined) {
    return `${zipName} contains no charts, only other zips such as ${quoted(nested.path)}: unpack it and upload each of them separately`
  }
  const [first] = zip.members
  if (first === undefined) return `${zipName} is empty; ${wanted}`
  return `${zipName} contains no charts: none of its ${counted(zip.members.length, 'file')}, such as ${quoted(first.path)}, is usable; ${wanted}`
}

/** Names come from strangers: quoted, without control characters, and cut to length. */
function quoted(path: string): string {
  return JSON.stringify(path.slice(0, 120))
}
