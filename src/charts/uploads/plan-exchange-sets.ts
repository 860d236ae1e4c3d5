import { PermanentError } from '#lib/errors.ts'
import { counted } from '#lib/quantities.ts'
import type { ListedDataset, SetCertificate } from '#s100/exchange-catalogue.ts'
import { productOf } from '#s100/exchange-catalogue.ts'
import type { SignatureRules } from '../reading/cell-opening.ts'
import type { CellReader } from '../reading/cell-reader.ts'
import type { StoredFile } from '../zip/read-stored-file.ts'
import { folderOf, type SortedFiles, type UploadedFile } from './sort-files.ts'

/** What the S-100 exchange sets of an upload say about its files. Paths are in upper case. */
export interface ExchangeSets {
  datasets: ReadonlyMap<string, ListedDataset>
  certificates: SetCertificate[]
  /** Files that are passed over: other products, old copies, and support files that are not what was signed. */
  passedOver: ReadonlySet<string>
  /** Whether a file lies where a set keeps its datasets, listed or not. */
  isInSet(path: string): boolean
}

export interface ExchangeSetContext {
  rules: SignatureRules
  /** Reads a CATALOG.XML in a thread of limited memory. */
  read: CellReader['readExchangeCatalogue'] extends (task: infer Task, signal: AbortSignal) => infer Outcome
    ? (task: Task) => Outcome
    : never
  /** How a file of the upload is read again. */
  stored(file: UploadedFile): StoredFile
  note(level: 'info' | 'warning', message: string): void
}

/** Lines of one kind in the log. */
const MOST_NOTES = 20

/**
 * Reads the catalogues of the S-100 exchange sets in an upload, and records what they leave out, lack and fail to prove.
 * @throws PermanentError when signatures are required and a catalogue is unreadable or not signed as it should be.
 */
export async function readExchangeSets(
  sorted: SortedFiles,
  catalogues: readonly UploadedFile[],
  context: ExchangeSetContext,
): Promise<ExchangeSets> {
  const datasets = new Map<string, ListedDataset>()
  const certificates: SetCertificate[] = []
  const passedOver = new Set<string>()
  const folders: string[] = []
  const files = [...[...sorted.cells.values()].flat(), ...sorted.texts]
  for (const catalogue of catalogues) {
    const folder = folderOf(catalogue.path)
    if (isOldCopy(folder, catalogues)) {
      for (const file of files) if (isBelow(file.path, joined(folder, 'S-101'))) passedOver.add(file.path.toUpperCase())
      context.note('info', `${quoted(catalogue.path)} was passed over: S100_ROOT beside it holds the exchange set`)
      continue
    }
    const set = await readSet(catalogue, folder, sorted, context)
    if (set === null) continue
    folders.push(joined(folder, 'S-101'))
    certificates.push(...set.certificates)
    for (const path of set.refused) passedOver.add(path)
    for (const dataset of set.datasets) {
      const path = joined(folder, dataset.path).toUpperCase()
      if (isS101(dataset)) datasets.set(path, dataset)
      else passedOver.add(path)
    }
  }
  return { datasets, certificates, passedOver, isInSet: (path) => folders.some((folder) => isBelow(path, folder)) }
}

/** The upload without the files that its exchange sets pass over. */
export function withoutPassedOver(sorted: SortedFiles, { passedOver }: ExchangeSets): SortedFiles {
  const isKept = ({ path }: UploadedFile) => !passedOver.has(path.toUpperCase())
  const cells = [...sorted.cells].map(([name, parts]) => [name, parts.filter(isKept)] as const)
  return { ...sorted, cells: new Map(cells.filter(([, parts]) => parts.length > 0)), texts: sorted.texts.filter(isKept) }
}

async function readSet(catalogue: UploadedFile, folder: string, sorted: SortedFiles, context: ExchangeSetContext) {
  const { rules, note, stored } = context
  const isRequired = rules.policy === 'require'
  const beside = joined(folder, 'CATALOG.SIGN').toUpperCase()
  const signature = sorted.catalogueSignatures.find(({ path }) => path.toUpperCase() === beside)
  const inSet = sorted.texts.filter(({ path }) => folder === '' || isBelow(path, folder))
  const texts = inSet.map((file): [string, StoredFile] => [relative(folder, file.path).toUpperCase(), stored(file)])
  const outcome = await context.read({
    ...{ catalogue: stored(catalogue), signature: signature === undefined ? null : stored(signature) },
    ...{ texts, rules },
  })
  if (!outcome.ok) {
    if (isRequired) throw new PermanentError(`${outcome.message}; without it no signature can be verified`)
    note('warning', `${outcome.message}; the upload is processed without it`)
    return null
  }
  const { fault, faultySupportFiles } = outcome
  const { datasets, supportFiles, certificates, unusable } = outcome.catalogue
  if (fault !== null && isRequired) throw new PermanentError(`${fault}; signatures are required (S100_SIGNATURES)`)
  if (fault !== null) note('warning', fault)
  const counts = `${counted(datasets.length, 'dataset')} and ${counted(supportFiles.length, 'support file')}`
  const name = quoted(catalogue.path)
  note('info', `${name} lists ${counts}`)
  if (unusable > 0) note('warning', `${name} lists ${counted(unusable, 'file')} without a usable name`)
  noteOthers(datasets, note)
  noteAbsent(name, missingOf(folder, [...datasets.filter(isS101), ...supportFiles], sorted), note)
  for (const [, message] of faultySupportFiles.slice(0, MOST_NOTES)) {
    note('warning', isRequired ? `${message}; the file was left out` : message)
  }
  const refused = isRequired ? faultySupportFiles.map(([path]) => joined(folder, path).toUpperCase()) : []
  return { datasets, certificates, refused }
}

/** Datasets that state no product are treated as S-101; their content decides. */
function isS101(dataset: ListedDataset): boolean {
  const product = productOf(dataset)
  return product === '' || product === 'S-101'
}

/** One line for all datasets of other products. */
function noteOthers(datasets: readonly ListedDataset[], note: ExchangeSetContext['note']): void {
  const others = new Map<string, number>()
  for (const dataset of datasets) {
    if (!isS101(dataset)) others.set(productOf(dataset), (others.get(productOf(dataset)) ?? 0) + 1)
  }
  if (others.size === 0) return
  const list = [...others].sort().map(([product, count]) => `${counted(count, 'dataset')} of ${product}`)
  note('info', `Passed over ${list.join(', ')}: Chartroom reads S-57 and S-101`)
}

function missingOf(
  folder: string,
  listed: readonly { path: string; revision?: string }[],
  { cells, texts, ignored }: SortedFiles,
): string[] {
  const there = new Set([...[...cells.values()].flat(), ...texts, ...ignored].map(({ path }) => path.toUpperCase()))
  return listed
    .filter(({ path, revision }) => revision !== 'deletion' && !there.has(joined(folder, path).toUpperCase()))
    .map(({ path }) => path)
}

function noteAbsent(catalogue: string, missing: readonly string[], note: ExchangeSetContext['note']): void {
  if (missing.length === 0) return
  const names = missing.slice(0, 10).map(quoted)
  const more = missing.length > names.length ? ` and ${missing.length - names.length} more` : ''
  note('warning', `${catalogue} lists files that are missing: ${names.join(', ')}${more}`)
}

/** Some producers put an older copy of the set beside S100_ROOT. */
function isOldCopy(folder: string, catalogues: readonly UploadedFile[]): boolean {
  const other = joined(folder, 'S100_ROOT').toUpperCase()
  return catalogues.some(({ path }) => folderOf(path).toUpperCase() === other)
}

/** Names are untrusted: quoted, without control characters, and cut to length. */
const quoted = (path: string): string => JSON.stringify(path.slice(0, 120))
const joined = (folder: string, path: string): string => (folder === '' ? path : `${folder}/${path}`)
const isBelow = (path: string, folder: string): boolean => path.toUpperCase().startsWith(`${folder.toUpperCase()}/`)
const relative = (folder: string, path: string): string => (folder === '' ? path : path.slice(folder.length + 1))
