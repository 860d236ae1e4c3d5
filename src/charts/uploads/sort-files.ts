import { parseCellFileName } from '#s57/cell-file-name.ts'
import { fileKey } from '#s57/referenced-files.ts'
import type { ZipPlace } from '../zip/zip-place.ts'

/** A file of an upload: a member of a zip, or the blob itself (`place` is null). */
export interface UploadedFile {
  /** Path in the zip with forward slashes, or the file's name. */
  path: string
  bytes: number
  place: ZipPlace | null
}

/** A file that belongs to a cell by its name. */
export interface SortedCellFile extends UploadedFile {
  /** `US5X1234.001`: the cell's name in upper case and the number. */
  name: string
  cell: string
  /** 0 for the base. */
  number: number
}

/** The files of an upload by purpose. */
export interface SortedFiles {
  /** By cell, in order of number, base files first. */
  cells: Map<string, SortedCellFile[]>
  /** S-63 signature files, each with the cell of the file that it signs. */
  signatures: SortedCellFile[]
  permits: UploadedFile[]
  /** CATALOG.031, usually one. */
  catalogues: UploadedFile[]
  /** CATALOG.XML of S-100 exchange sets, and CATALOG.SIGN beside them. */
  exchangeCatalogues: UploadedFile[]
  catalogueSignatures: UploadedFile[]
  /** Texts and pictures that a feature may name (TXTDSC, PICREP). */
  texts: UploadedFile[]
  /** Zips within the zip. */
  nested: UploadedFile[]
  ignored: UploadedFile[]
}

/** Browsers add to the name of a file they save twice: `US5X1234 (1).000`. */
const RENAMED_CELL = /^([A-Z0-9]{8})\b.*\.(\d{3})$/i
const TEXT = /\.(txt|tif|tiff|jpg|jpeg|png|gif|htm|html|xml|pdf)$/i
/** Features do not name longer ones (`cell-summary.ts`). */
const LONGEST_TEXT_NAME = 120

/**
 * Sorts the files of an upload by name, in any folder layout: flat, a folder per cell (NOAA), or a folder per edition and update
 * (PRIMAR, UKHO).
 */
export function sortFiles(files: readonly UploadedFile[]): SortedFiles {
  const sorted: SortedFiles = {
    cells: new Map(),
    signatures: [],
    permits: [],
    catalogues: [],
    exchangeCatalogues: [],
    catalogueSignatures: [],
    texts: [],
    nested: [],
    ignored: [],
  }
  const names = new Set(files.map((file) => fileName(file.path)))
  for (const file of files) {
    const name = fileName(file.path)
    const found = parseCellFileName(file.place === null ? name.replace(RENAMED_CELL, '$1.$2') : name)
    if (found !== null) {
      const { cell, number } = found
      const part: SortedCellFile = { ...file, name: `${cell}.${String(number).padStart(3, '0')}`, cell, number }
      const signed = signedName(part.name)
      if (signed !== null && names.has(signed)) sorted.signatures.push({ ...part, cell: signed.slice(0, 8) })
      else append(sorted.cells, cell, part)
    } else if (name === 'CATALOG.031') sorted.catalogues.push(file)
    else if (name === 'CATALOG.XML') sorted.exchangeCatalogues.push(file)
    else if (name === 'CATALOG.SIGN') sorted.catalogueSignatures.push(file)
    else if (/\.PRM$/.test(name) || /^PERMIT.*\.TXT$/.test(name)) sorted.permits.push(file)
    else if (/\.ZIP$/.test(name)) sorted.nested.push(file)
    else if (name.length <= LONGEST_TEXT_NAME && TEXT.test(name)) sorted.texts.push(file)
    else sorted.ignored.push(file)
  }
  for (const parts of sorted.cells.values()) parts.sort((a, b) => a.number - b.number)
  return sorted
}

/** The last part of a path, in upper case. */
export function fileName(path: string): string {
  return fileKey(path.slice(path.lastIndexOf('/') + 1))
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** The file that a signature file signs: the letters I to Q stand for the usage band digits 1 to 9 (S-63, clause 5.4.2). */
function signedName(name: string): string | null {
  const match = /^([0-9A-Z]{2})([I-Q])([0-9A-Z]{5}\.\d{3})$/.exec(name)
  if (match === null) return null
  const [, producer, band = '', rest] = match
  return `${producer}${band.charCodeAt(0) - 0x48}${rest}`
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}
