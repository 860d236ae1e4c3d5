import { messageOf } from '#lib/errors.ts'
import { type ListedFile, readCatalogueFile } from '#s57/read-catalogue-file.ts'

/** What a CATALOG.031 lists; one that cannot be read at all is a warning, for the charts beside it are read all the same. */
export function readListedFiles(name: string, bytes: Uint8Array): { entries: ListedFile[]; warnings: string[] } {
  try {
    return readCatalogueFile({ name, bytes })
  } catch (error) {
    return { entries: [], warnings: [`${messageOf(error)}; the upload is read without it`] }
  }
}
