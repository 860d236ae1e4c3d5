import type { ListedEntry } from '../reading/catalogue-file-worker.ts'
import { fileName, type UploadedFile } from './sort-files.ts'

/** What the CATALOG.031 of an upload says of its files. */
export interface ListedFiles {
  /** The entry with the path of a file. */
  entryOf(file: UploadedFile): ListedEntry | undefined
  /** The title of a file: that of its entry, or of the one with its name where CATALOG.031 lies or points to another folder. */
  titleOf(file: UploadedFile): string | undefined
  /** Paths of chart files that are listed and not there. */
  missing: string[]
}

/** @param listed paths in the zip. @param charts the chart files of the upload. */
export function matchListed(listed: readonly ListedEntry[], charts: readonly UploadedFile[]): ListedFiles {
  // Case does not count in the names of an exchange set.
  const byPath = new Map(listed.map((entry) => [entry.path.toUpperCase(), entry]))
  const entryOf = ({ path }: UploadedFile) => byPath.get(path.toUpperCase())
  const there = new Set(charts.map(({ path }) => path.toUpperCase()))
  const unlisted = new Set(charts.filter((file) => entryOf(file) === undefined).map(({ path }) => fileName(path)))
  const astray = [...byPath.values()].filter(({ path }) => isChartFile(path) && !there.has(path.toUpperCase()))
  const byName = new Map(astray.map((entry) => [fileName(entry.path), entry]))
  return {
    entryOf,
    titleOf: (file) => entryOf(file)?.longName ?? byName.get(fileName(file.path))?.longName,
    missing: astray.filter(({ path }) => !unlisted.has(fileName(path)) && !isSignature(path)).map(({ path }) => path),
  }
}

function isChartFile(path: string): boolean {
  return /\.\d{3}$/.test(path) && fileName(path) !== 'CATALOG.031'
}

function isSignature(path: string): boolean {
  return /(?:^|\/)[0-9A-Z]{2}[I-Q][0-9A-Z]{5}\.\d{3}$/i.test(path)
}
