import { PermanentError } from '#lib/errors.ts'
import { counted, megabytes } from '#lib/quantities.ts'
import { storableText } from '#lib/storable-text.ts'
import { type ListedDataset, titleOf as titleOfDataset } from '#s100/exchange-catalogue.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import type { ListedEntry } from '../reading/catalogue-file-worker.ts'
import type { SignatureRules } from '../reading/cell-opening.ts'
import type { SharedCellReader } from '../reading/shared-cell-reader.ts'
import { type OpenZip, openZip, type ZipMember } from '../zip/open-zip.ts'
import { ZipError } from '../zip/zip-error.ts'
import { UPLOAD_ZIP_LIMITS } from '../zip/zip-limits.ts'
import { matchListed } from './listed-files.ts'
import { type ExchangeSets, readExchangeSets, withoutPassedOver } from './plan-exchange-sets.ts'
import type { PlannedCell, PlannedFile, UploadPlan } from './plan-store.ts'
import { fileName, folderOf, type SortedFiles, sortFiles, type UploadedFile } from './sort-files.ts'
import { twinOfCell } from './twin-of-cell.ts'
import type { StoredUpload } from './upload-store.ts'

/** The contents of an upload. */
export interface PlannedUpload extends UploadPlan {
  /** The permit files, whole: they are small, and the same step installs them. */
  permits: { name: string; bytes: Uint8Array }[]
  /** Lines for the job's log. */
  notes: { level: 'info' | 'warning'; message: string }[]
}

/** All permit files of an upload together. A permit takes about 90 bytes, and the world has under 20,000 cells. */
const MOST_PERMIT_BYTES = 4 * 1024 * 1024
/** All CATALOG.031 of an upload together. NOAA's whole exchange set needs some 7 MB. */
const MOST_CATALOGUE_BYTES = 32 * 1024 * 1024
/** All CATALOG.XML of an upload together. An entry with its polygon takes some 8 kB. */
const MOST_EXCHANGE_CATALOGUE_BYTES = 64 * 1024 * 1024
/** Lines of one kind in the log. */
const MOST_NOTES = 20

/**
 * Lists the cells, updates, signatures, permits and texts of an upload, with what its CATALOG.031 says about them. Unpacks nothing to disk,
 * and holds one CATALOG.031 and the permits at most.
 * @throws ZipError for a broken or hostile zip; PermanentError when nothing in it is usable.
 */
export async function planUpload(
  { storage, ...context }: { storage: BlobStore } & Omit<ZipContext, 'path' | 'name'>,
  upload: StoredUpload,
): Promise<PlannedUpload> {
  if (upload.kind === 'permit') {
    if (upload.fileSize > MOST_PERMIT_BYTES) throw new PermanentError(`${upload.filename} is too large for a permit file`)
    const permits = [{ name: upload.filename, bytes: await storage.read(upload.blobKey) }]
    return { cells: [], files: [], certificates: [], notes: [], permits }
  }
  if (upload.kind === 'cell')
    return planned(sortFiles([{ path: upload.filename, bytes: upload.fileSize, place: null }]), [], NO_SETS, [], [])
  return await storage.withFile(upload.blobKey, async (path) => {
    const zip = await openZip(path, upload.filename, UPLOAD_ZIP_LIMITS)
    try {
      return await planZip(zip, { path, name: upload.filename, ...context })
    } finally {
      zip.close()
    }
  })
}

/** What planning a zip needs in addition to its list of contents. */
interface ZipContext {
  /** The zip on disk, and its name in messages. */
  path: string
  name: string
  /** Reads each catalogue in a thread of limited memory. */
  reader: SharedCellReader
  /** For the signatures of S-100 exchange sets. */
  rules: SignatureRules
  signal: AbortSignal
}

const NO_SETS: ExchangeSets = { datasets: new Map(), certificates: [], passedOver: new Set(), isInSet: () => false }

async function planZip(zip: OpenZip, { path, name: zipName, reader, rules, signal }: ZipContext): Promise<PlannedUpload> {
  const everything = withoutFaulty(sortFiles(zip.members), zip.members)
  const stored = (file: UploadedFile) => ({ path, name: file.path, bytes: file.bytes, place: file.place })
  const notes: PlannedUpload['notes'] = []
  const warn = (message: string) => void notes.push({ level: 'warning', message })
  const catalogues = withinBudget(everything.exchangeCatalogues, MOST_EXCHANGE_CATALOGUE_BYTES, warn)
  const sets = await readExchangeSets(everything, catalogues, {
    ...{ rules, stored },
    read: (task) => reader.use((threads) => threads.readExchangeCatalogue(task, signal)),
    note: (level, message) => void notes.push({ level, message }),
  })
  const sorted = withoutPassedOver(everything, sets)
  if (sorted.cells.size === 0 && sorted.permits.length === 0) {
    if (sets.passedOver.size > 0) throw new PermanentError(`${zipName} contains no charts of S-57 or S-101, but other products`)
    throw new PermanentError(nothingUsable(zipName, zip, sorted))
  }
  for (const message of [...zip.warnings, ...everything.passedOver]) warn(message)
  for (const { path } of sorted.nested.slice(0, MOST_NOTES))
    warn(`${quoted(path)} is a zip within the zip and was ignored: unpack it and upload it separately`)
  for (const { path } of sorted.ignored.filter((file) => /\.\d{3}$/.test(file.path)).slice(0, MOST_NOTES))
    warn(`${quoted(path)} was ignored: the name of a cell has 1 to 60 letters, digits, _ and - before the number`)
  const listed: ListedEntry[] = []
  for (const file of withinBudget(sorted.catalogues, MOST_CATALOGUE_BYTES, warn)) {
    const outcome = await reader.use((threads) => threads.readCatalogueFile(stored(file), signal))
    if (!outcome.ok) warn(`${outcome.message}; the upload is processed without it`)
    else {
      for (const entry of outcome.entries) listed.push({ ...entry, path: joined(folderOf(file.path), entry.path) })
      outcome.warnings.forEach(warn)
    }
  }
  const members = new Map(zip.members.map((member) => [member.path, member]))
  const permits = []
  const unreadable: ZipError[] = []
  for (const file of withinBudget(sorted.permits, MOST_PERMIT_BYTES, warn)) {
    const member = members.get(file.path)
    if (member === undefined) throw new Error(`${quoted(file.path)} is not a member of ${zipName}`)
    try {
      permits.push({ name: fileName(file.path), bytes: zip.read(member) })
    } catch (error) {
      if (!(error instanceof ZipError)) throw error
      unreadable.push(error)
      warn(`${error.message}; the upload is processed without it`)
    }
  }
  if (sorted.cells.size === 0 && permits.length === 0 && unreadable[0] !== undefined) throw unreadable[0]
  return planned(sorted, listed, sets, permits, notes)
}

/**
 * The files of a zip without those that cannot be unpacked and that no chart needs, with a sentence for each of them. A chart with such
 * a file stays: it fails with the reason, or stops before the update.
 */
function withoutFaulty(sorted: SortedFiles, members: readonly ZipMember[]): SortedFiles & { passedOver: string[] } {
  const faults = new Map(members.flatMap(({ path, fault }) => (fault === null ? [] : [[path, fault] as const])))
  const isUsable = ({ path }: UploadedFile) => !faults.has(path)
  const faulty = [...sorted.permits, ...sorted.texts, ...sorted.ignored].filter((file) => !isUsable(file))
  const shown = faulty.slice(0, MOST_NOTES).map(({ path }) => `${quoted(path)} was passed over: ${faults.get(path)}`)
  const more =
    faulty.length > shown.length ? [`${counted(faulty.length - shown.length, 'more file')} of this kind were passed over`] : []
  return {
    ...sorted,
    permits: sorted.permits.filter(isUsable),
    texts: sorted.texts.filter(isUsable),
    ignored: sorted.ignored.filter(isUsable),
    passedOver: [...shown, ...more],
  }
}

/** The first files that together stay below `most` bytes; warns about the others. */
function withinBudget(files: readonly UploadedFile[], most: number, warn: (message: string) => void): UploadedFile[] {
  let bytes = 0
  let left = 0
  const kept = files.filter((file) => {
    if (bytes + file.bytes > most) {
      if (++left <= MOST_NOTES)
        warn(`${quoted(file.path)} was ignored: such files of an upload may have ${megabytes(most)} together`)
      return false
    }
    bytes += file.bytes
    return true
  })
  if (left > MOST_NOTES) warn(`${left - MOST_NOTES} more such files were ignored`)
  return kept
}

function planned(
  sorted: SortedFiles,
  listed: readonly ListedEntry[],
  sets: ExchangeSets,
  permits: PlannedUpload['permits'],
  notes: PlannedUpload['notes'],
): PlannedUpload {
  const { entryOf, titleOf, missing } = matchListed(listed, [...sorted.cells.values()].flat())
  const cells: PlannedCell[] = []
  const files: PlannedFile[] = []
  for (const [name, parts] of sorted.cells) {
    const datasets = parts.flatMap((part) => sets.datasets.get(part.path.toUpperCase()) ?? [])
    const longNames = [...parts.map(titleOf), ...datasets.map((each) => titleOfDataset(each.description))]
    const title = longNames.find((longName) => longName) ?? null
    const bytes = parts.reduce((sum, part) => sum + part.bytes, 0)
    cells.push({ name, title: title && storableText(title), bytes, twin: twinOfCell(name, datasets) })
    for (const part of parts) {
      files.push({
        ...common(part),
        role: 'cell',
        cell: name,
        number: part.number,
        name: part.name,
        listedCrc: entryOf(part)?.checksum ?? null,
        listing: listingOf(part, sets),
      })
    }
  }
  for (const part of sorted.signatures) {
    files.push({
      ...common(part),
      role: 'signature',
      cell: part.cell,
      number: part.number,
      name: part.name,
      listedCrc: null,
      listing: null,
    })
  }
  for (const text of sorted.texts) {
    files.push({
      ...common(text),
      role: 'text',
      cell: null,
      number: null,
      name: storableText(fileName(text.path)),
      listedCrc: null,
      listing: null,
    })
  }
  if (listed.length > 0) notes.push({ level: 'info', message: `CATALOG.031 lists ${counted(listed.length, 'file')}` })
  if (missing.length > 0) {
    const names = missing.slice(0, 10).map(quoted)
    const more = missing.length > names.length ? ` and ${missing.length - names.length} more` : ''
    notes.push({ level: 'warning', message: `CATALOG.031 lists chart files that are missing: ${names.join(', ')}${more}` })
  }
  return { cells, files, permits, notes, certificates: sets.certificates }
}

/** What its exchange set says about a file; a file of a set that does not list it has no signature. */
function listingOf({ path }: UploadedFile, sets: ExchangeSets): PlannedFile['listing'] {
  const dataset: ListedDataset | undefined = sets.datasets.get(path.toUpperCase())
  if (dataset === undefined) {
    return sets.isInSet(path) ? { issueDate: null, encrypted: false, notForNavigation: false, signatures: [] } : null
  }
  const { issueDate, encrypted, notForNavigation, signatures } = dataset
  return { issueDate, encrypted, notForNavigation, signatures }
}

function common(file: UploadedFile) {
  return { folder: storableText(folderOf(file.path)), bytes: file.bytes, place: file.place }
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
  const faulty = zip.members.find(({ fault }) => fault !== null)
  if (faulty?.fault)
    return `${zipName} contains no charts: ${quoted(faulty.path)} cannot be read, because ${faulty.fault}; ${wanted}`
  return `${zipName} contains no charts: none of its ${counted(zip.members.length, 'file')}, such as ${quoted(first.path)}, is usable; ${wanted}`
}

/** Names are untrusted: quoted, without control characters, and cut to length. */
function quoted(path: string): string {
  return JSON.stringify(path.slice(0, 120))
}
