import { shortened } from '#lib/shortened.ts'
import { ExchangeCatalogueError } from './catalogue-error.ts'
import type { ExchangeCatalogue, FileSignature, ListedDataset, ListedSupportFile } from './exchange-catalogue.ts'
import { CertificateCollector, LONGEST_ID } from './read-certificates.ts'
import { readElements } from './read-elements.ts'

const MOST_ENTRIES = 100_000
const LONGEST_PATH = 500
const LONGEST_TEXT = 300
const LONGEST_SIGNATURE = 1_000
const MOST_SIGNATURES = 4

/** The elements that hold an entry: some sets have one container for all, others one for each. */
const ENTRIES: Readonly<Record<string, 'dataset' | 'support'>> = {
  S100_DatasetDiscoveryMetadata: 'dataset',
  datasetDiscoveryMetadata: 'dataset',
  S100_SupportFileDiscoveryMetadata: 'support',
  supportFileDiscoveryMetadata: 'support',
}

const SIGNATURES = new Set(['S100_SE_DigitalSignature', 'S100_SE_SignatureOnData'])

/** An entry while its elements are read, by their names. */
interface GrowingEntry {
  kind: 'dataset' | 'support'
  /** How many elements lie around its own. */
  depth: number
  values: Map<string, string>
  signatures: FileSignature[]
}

/**
 * Reads the CATALOG.XML of an S-100 exchange set, in any edition from 5.0 on. Elements that Chartroom does not use are skipped.
 * @throws ExchangeCatalogueError
 */
export function readExchangeCatalogue(name: string, bytes: Uint8Array): ExchangeCatalogue {
  const catalogue: ExchangeCatalogue = {
    ...{ name: '', date: null },
    ...{ certificates: [], datasets: [], supportFiles: [], unusable: 0 },
  }
  const certificates = new CertificateCollector()
  let entry: GrowingEntry | null = null
  let certificateRef = ''
  readElements(name, bytes, 'S100_ExchangeCatalogue', {
    open(own, path, attributes) {
      const kind = Object.hasOwn(ENTRIES, own) ? ENTRIES[own] : undefined
      // A typed entry in its container takes the place of the one that the container had begun.
      if (kind !== undefined && (entry === null || entry.depth === path.length - 1)) {
        entry = { kind, depth: path.length, values: new Map(), signatures: [] }
      }
      certificates.open(own, attributes)
      if (SIGNATURES.has(own)) certificateRef = attributes['certificateRef'] ?? ''
    },
    close(own, path, text) {
      certificates.close(own, text)
      if (path.length === 3 && path[1] === 'identifier') {
        if (own === 'identifier') catalogue.name = shortened(text, LONGEST_TEXT)
        if (own === 'dateTime') catalogue.date = dateOf(text)
      }
      if (entry === null) return
      if (SIGNATURES.has(own)) addSignature(entry, text, certificateRef)
      else if (path.length === entry.depth + 1 || path.at(-2) === 'productSpecification') setOnce(entry.values, own, text)
      if (path.length !== entry.depth) return
      if (entry.values.size > 0) addEntry(name, catalogue, entry)
      entry = null
    },
  })
  catalogue.certificates = certificates.found
  return catalogue
}

function addSignature({ signatures }: GrowingEntry, text: string, certificate: string): void {
  const value = text.replace(/\s+/g, '')
  if (value === '' || value.length > LONGEST_SIGNATURE || certificate.length > LONGEST_ID) return
  if (signatures.length < MOST_SIGNATURES) signatures.push({ value, certificate })
}

function setOnce(values: Map<string, string>, key: string, text: string): void {
  if (text !== '' && !values.has(key)) values.set(key, text)
}

function addEntry(name: string, catalogue: ExchangeCatalogue, { kind, values, signatures }: GrowingEntry): void {
  if (catalogue.datasets.length + catalogue.supportFiles.length >= MOST_ENTRIES) {
    throw new ExchangeCatalogueError(`${name} is not usable: it lists more than ${MOST_ENTRIES} files`)
  }
  const path = pathOf(values.get('fileName') ?? '', values.get('filePath') ?? '')
  if (path === null) {
    catalogue.unusable++
    return
  }
  const isTrue = (key: string) => ['true', '1'].includes(values.get(key)?.toLowerCase() ?? '')
  if (kind === 'support') {
    const file: ListedSupportFile = { path, revision: shortened(values.get('revisionStatus') ?? '', 40), signatures }
    catalogue.supportFiles.push(file)
    return
  }
  const dataset: ListedDataset = {
    ...{ path, signatures },
    description: shortened(values.get('description') ?? '', LONGEST_TEXT),
    product: shortened(values.get('productIdentifier') ?? '', 100),
    issueDate: dateOf(values.get('issueDate') ?? ''),
    encrypted: isTrue('dataProtection'),
    notForNavigation: isTrue('notForNavigation'),
  }
  catalogue.datasets.push(dataset)
}

/** A path below the folder of the catalogue, `file:/S-101/DATASET_FILES/X.000`; null when it leads elsewhere. */
function pathOf(fileName: string, filePath: string): string | null {
  const given = fileName.includes('/') || filePath === '' ? fileName : `${filePath}/${fileName}`
  const path = given
    .replace(/^file:/i, '')
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
  if (path.length === 0 || path.includes('..')) return null
  const joined = path.join('/')
  return joined.length > LONGEST_PATH ? null : joined
}

function dateOf(text: string): string | null {
  return /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? null
}
