import type { Catalogue, CatalogueEntry } from '../catalogue/catalogue.ts'
import { type CatalogueFilter, matchesFilter } from '../catalogue/catalogue-filter.ts'
import { type CatalogueVersion, sameVersion } from '../catalogue/catalogue-version.ts'
import type { PublicCellVersion } from '../cells/public-cells.ts'
import { cancelledKey, zipKey } from './public-keys.ts'

/** A cell of the catalogue that is to be fetched and indexed. */
export interface ChangedCell {
  name: string
  title: string | null
  version: CatalogueVersion
  zipUrl: string
  zipSize: number | null
  /** Where its zip is, or will be, in the storage. */
  key: string
}

export interface RefreshPlan {
  /** Cells of the catalogue that were compared with what is held: unchanged, changed and cancelled ones. */
  checked: number
  unchanged: number
  changed: ChangedCell[]
  /** Names of held cells that the catalogue lists as cancelled. */
  cancelled: string[]
  /** Names of held cells that the catalogue no longer lists. */
  withdrawn: string[]
  /** Held cells that the catalogue lacks although nothing is removed, because so many at once are more likely its own fault. */
  lacking: number
  /** Held cells that the filter does not select; they are kept and kept up to date. */
  beyondFilter: number
}

/** A catalogue that lacks more than this share of the held cells is taken for damaged. */
const MOST_LACKING = 1 / 5

/** Cells of the demo's invented coast: among real charts they never stay, however many go at once. */
const INVENTED = /^XX[1-6]DEMO/

/**
 * Compares the catalogue with what is held. Pure: touches nothing.
 *
 * The filter decides what is added, never what goes: a held cell outside it is kept up to date as long as the catalogue has
 * it, because a chart that is still served must not silently grow old. Only a cell that the whole catalogue no longer lists
 * is withdrawn.
 *
 * @param stored keys of the storage under `public/`.
 */
export function planRefresh(
  catalogue: Catalogue,
  indexed: readonly PublicCellVersion[],
  filter: CatalogueFilter | null,
  stored: ReadonlySet<string>,
): RefreshPlan {
  const indexedByName = new Map(indexed.map((cell) => [cell.name, cell]))
  const plan: RefreshPlan = { checked: 0, unchanged: 0, changed: [], cancelled: [], withdrawn: [], lacking: 0, beyondFilter: 0 }

  for (const cell of catalogue.entries) {
    const mine = indexedByName.get(cell.name)
    const selected = matchesFilter(cell, filter)
    if (cell.status === 'cancelled') {
      if (mine === undefined) continue
      plan.cancelled.push(cell.name)
    } else {
      if (!selected && mine === undefined) continue
      if (!selected) plan.beyondFilter++
      if (isCurrent(cell, mine) || stored.has(cancelledKey(cell.name, cell))) plan.unchanged++
      else plan.changed.push(changedCell(cell))
    }
    plan.checked++
  }

  const listed = new Set([...catalogue.entries.map((cell) => cell.name), ...catalogue.unusable])
  const missing = indexed.filter((cell) => !listed.has(cell.name)).map((cell) => cell.name)
  const invented = missing.filter((name) => INVENTED.test(name))
  const lacking = missing.length - invented.length
  if (lacking > (indexed.length - invented.length) * MOST_LACKING) {
    plan.lacking = lacking
    plan.withdrawn = invented
  } else plan.withdrawn = missing
  return plan
}

/** Whether what is held is what the catalogue offers. */
export function isCurrent(version: CatalogueVersion, indexed: PublicCellVersion | undefined): boolean {
  return indexed !== undefined && indexed.catalogue !== null && sameVersion(indexed.catalogue, version)
}

function changedCell(cell: CatalogueEntry): ChangedCell {
  const { edition, update, updateDate, issueDate } = cell
  const version = { edition, update, updateDate, issueDate }
  // An active cell without a zip address was left out when the catalogue was read.
  return {
    name: cell.name,
    title: cell.title,
    version,
    zipUrl: cell.zipUrl ?? '',
    zipSize: cell.zipSize,
    key: zipKey(cell.name, version),
  }
}
