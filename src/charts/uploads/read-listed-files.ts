import { messageOf } from '#lib/errors.ts'
import { type ListedFile, readCatalogueFile } from '#s57/read-catalogue-file.ts'

/** Reads the files that a CATALOG.031 lists. An unreadable one is a warning: the charts beside it are still usable. */
export function readListedFiles(name: string, bytes: Uint8Array): { entries: ListedFile[]; warnings: string[] } {
  try {
    return readCatalogueFile({ name, bytes })
  } catch (error) {
    return { entries: [], warnings: [`${messageOf(error)}; the upload is processed without it`] }
  }
}
