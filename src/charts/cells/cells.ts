import type { Db } from '#db/database.ts'
import type { BlobStore } from '#storage/blob-store.ts'
import { type CellExtent, findExtent } from './find-extent.ts'
import { type CellDetail, getCell } from './get-cell.ts'
import { type ListCellsQuery, listCells, type VisibleCell } from './list-cells.ts'
import { createListClasses, type ListClasses } from './list-classes.ts'
import { type CellCoverage, type CoverageQuery, listCoverages } from './list-coverages.ts'
import { type CellPermit, listPermits } from './list-permits.ts'
import { listPublicFailures, type PublicFailure } from './public-failures.ts'
import { type CellFileContent, readCellFile } from './read-cell-file.ts'

/** Answers what an account asks about its visible cells: the public ones and its own. */
export interface Cells {
  /** One page of the cells, by name. */
  list(query: ListCellsQuery): Promise<{ cells: VisibleCell[]; total: number }>
  /** The cells that can be drawn, with the area each covers, by name, in portions. */
  coverages(query: CoverageQuery): AsyncGenerator<CellCoverage[]>
  /** The object classes (S-57 acronyms) in the cells, sorted. */
  classes: ListClasses
  /** The extent of the cells that the account sees; null when it sees none. */
  extent(accountId: number): Promise<CellExtent | null>
  /** The cell of a name that the account sees, its own before the public one, with its last failed try; null when there is neither. */
  get(accountId: number, name: string): Promise<CellDetail | null>
  /** A page of the S-63 permits of the account, the first to expire first. */
  permits(accountId: number, page: { limit: number; offset: number }): Promise<{ permits: CellPermit[]; total: number }>
  /** A page of the public cells whose last download or indexing failed, by name. */
  publicFailures(page: { limit: number; offset: number }): Promise<{ failures: PublicFailure[]; total: number }>
  /** A text or picture that a feature of a cell names; null when the account sees no such cell or file. */
  file(accountId: number, cell: string, file: string): Promise<CellFileContent | null>
}

export function createCells({ db, storage }: { db: Db; storage: BlobStore }): Cells {
  return {
    list: (query) => listCells(db, query),
    coverages: (query) => listCoverages(db, query),
    classes: createListClasses(db),
    extent: (accountId) => findExtent(db, accountId),
    get: (accountId, name) => getCell(db, accountId, name),
    permits: (accountId, page) => listPermits(db, accountId, page),
    publicFailures: (page) => listPublicFailures(db, page),
    file: (accountId, cell, file) => readCellFile(db, storage, accountId, cell, file),
  }
}
