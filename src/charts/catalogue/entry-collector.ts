import type { Catalogue, CatalogueEntry } from './catalogue.ts'
import { CatalogueError } from './catalogue-error.ts'
import type { EntryBuilder } from './catalogue-format.ts'
import { isCellName } from './entry-builder.ts'

/** Collects the entries of a catalogue while it is parsed. */
export interface EntryCollector {
  /** Entries so far, unusable ones included. */
  count(): number
  /** @throws CatalogueError when the catalogue has too many entries. */
  add(entry: EntryBuilder): void
  /** @throws CatalogueError when there is no usable entry. */
  finish(): Pick<Catalogue, 'entries' | 'unusable' | 'warnings'>
}

/** A catalogue of all cells of the world would have some 20,000. */
const MOST_ENTRIES = 100_000
const MOST_WARNINGS = 100

export function createEntryCollector(): EntryCollector {
  const entries = new Map<string, CatalogueEntry>()
  const unusable = new Set<string>()
  const warnings: string[] = []
  let count = 0

  return {
    count: () => count,
    add(builder) {
      count++
      if (count > MOST_ENTRIES) throw new CatalogueError(`the catalogue lists more than ${MOST_ENTRIES} cells`)
      const { name, entry } = builder.finish()
      if (typeof entry === 'string') {
        if (isCellName(name)) unusable.add(name)
        warn(`entry ${count} of the catalogue is ignored: ${entry}`)
      } else if (entries.has(entry.name)) warn(`the catalogue lists ${entry.name} twice: the first entry is used`)
      else entries.set(entry.name, entry)
    },
    finish() {
      if (count === 0) throw new CatalogueError('the catalogue lists no cells')
      if (entries.size === 0) {
        throw new CatalogueError(`none of the catalogue's ${count} entries is usable; ${warnings[0] ?? ''}`)
      }
      return { entries: [...entries.values()], unusable: [...unusable], warnings }
    },
  }

  function warn(message: string): void {
    if (warnings.length < MOST_WARNINGS) warnings.push(message)
    else if (warnings.length === MOST_WARNINGS) warnings.push('further faulty entries are not listed')
  }
}
