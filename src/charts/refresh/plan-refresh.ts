import type { Catalogue, CatalogueEntry } from '../catalogue/catalogue.ts'
import { type CatalogueFilter, matchesFilter } from '../catalogue/catalogue-filter.ts'
import { type CatalogueVersion, sameVersion } from '../catalogue/catalogue-version.ts'
import type { PublicCellVersion } from '../cells/public-cells.ts'
import type { ChartSource } from '../sources/chart-source.ts'
import { noaa } from '../sources/noaa.ts'
import { cancelledKey, zipKey } from './public-keys.ts'

/** A cell whose zip has to be downloaded and indexed. */
export interface ChangedCell {
  name: string
  title: string | null
  version: CatalogueVersion
  zipUrl: string
  zipSize: number | null
  /** The approximate size, from a catalogue that rounds it. */
  aboutBytes?: number
  /** Storage key of its zip. */
  key: string
  /** Whether a stored zip of this version is not good enough: an update in it was missing or damaged. */
  again?: boolean
}

/** What a refresh has to do. */
export interface RefreshPlan {
  /** Entries that were compared with the indexed cells: unchanged, changed and cancelled ones. */
  checked: number
  unchanged: number
  changed: ChangedCell[]
  /** Names of indexed cells that the catalogue lists as cancelled. */
  cancelled: string[]
  /** Names of indexed cells that the catalogue no longer lists. */
  withdrawn: string[]
  /** Names of indexed cells that the catalogue lacks but that stay: many missing at once suggest a damaged catalogue. */
  lacking: string[]
  /** Names of indexed cells for which the catalogue lists an older version; they stay and count as unchanged. */
  older: string[]
  /** Indexed cells that the filter does not select; they stay and are kept up to date. */
  beyondFilter: number
}

/** A catalogue that lacks more than this share of the indexed cells counts as damaged. */
const MOST_LACKING = 1 / 5

/** Cells of the demo's invented coast. A real catalogue removes all of them, however many they are. */
const INVENTED = /^XX[1-6]DEMO/

/**
 * Compares the catalogue with the indexed cells. Pure.
 *
 * The filter decides what is added, never what is removed: an indexed cell outside it stays up to date as long as the catalogue
 * lists it, because a chart that is served must not silently grow old. A cell that is shown without its last updates is fetched again
 * although the catalogue lists the same version: its zip may have been repaired.
 *
 * @param stored storage keys under `public/`. @param allowDowngrade whether an older version replaces a newer one.
 * @param source NOAA's unless given.
 */
export function planRefresh(
  catalogue: Catalogue,
  indexed: readonly PublicCellVersion[],
  filter: CatalogueFilter | null,
  stored: ReadonlySet<string>,
  allowDowngrade = false,
  source: Pick<ChartSource, 'id' | 'isExact'> = noaa,
): RefreshPlan {
  const indexedByName = new Map(indexed.map((cell) => [cell.name, cell]))
  const plan: RefreshPlan = {
    ...{ checked: 0, unchanged: 0, beyondFilter: 0 },
    ...{ changed: [], cancelled: [], withdrawn: [], lacking: [], older: [] },
  }

  for (const cell of catalogue.entries) {
    const mine = indexedByName.get(cell.name)
    const selected = matchesFilter(cell, filter)
    if (cell.status === 'cancelled') {
      if (mine === undefined) continue
      plan.cancelled.push(cell.name)
    } else {
      if (!selected && mine === undefined) continue
      if (!selected) plan.beyondFilter++
      if (isCurrent(cell, mine) && mine?.upToDate === false) plan.changed.push({ ...changedCell(cell, source.id), again: true })
      else if (isCurrent(cell, mine) || stored.has(cancelledKey(cell.name, cell, source.id))) plan.unchanged++
      else if (!allowDowngrade && isOlder(cell, mine, source.isExact)) {
        plan.unchanged++
        plan.older.push(cell.name)
      } else plan.changed.push(changedCell(cell, source.id))
    }
    plan.checked++
  }

  const listed = new Set([...catalogue.entries.map((cell) => cell.name), ...catalogue.unusable])
  const missing = indexed.filter((cell) => !listed.has(cell.name)).map((cell) => cell.name)
  const invented = missing.filter((name) => INVENTED.test(name))
  const lacking = missing.filter((name) => !INVENTED.test(name))
  if (lacking.length > (indexed.length - invented.length) * MOST_LACKING) {
    plan.lacking = lacking
    plan.withdrawn = invented
  } else plan.withdrawn = missing
  return plan
}

/** Whether the catalogue lists an older version than the indexed one. A cell that has to be fetched again takes what is listed. */
function isOlder(listed: CatalogueVersion, indexed: PublicCellVersion | undefined, isExact: boolean): boolean {
  if (indexed === undefined || indexed.catalogue === null) return false
  const { edition, update } = isExact ? indexed : indexed.catalogue
  return listed.edition < edition || (listed.edition === edition && listed.update < update)
}

/** Whether the indexed version is the one of the catalogue. */
export function isCurrent(version: CatalogueVersion, indexed: PublicCellVersion | undefined): boolean {
  return indexed !== undefined && indexed.catalogue !== null && sameVersion(indexed.catalogue, version)
}

function changedCell(cell: CatalogueEntry, source: string): ChangedCell {
  const { edition, update, updateDate, issueDate } = cell
  const version = { edition, update, updateDate, issueDate }
  // The catalogue reader ignores active cells without a zip address.
  return {
    name: cell.name,
    title: cell.title,
    version,
    zipUrl: cell.zipUrl ?? '',
    zipSize: cell.zipSize,
    ...(cell.aboutBytes === undefined ? {} : { aboutBytes: cell.aboutBytes }),
    key: zipKey(cell.name, version, source),
  }
}
