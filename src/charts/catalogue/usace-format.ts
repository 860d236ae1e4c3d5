import type { CatalogueEntry } from './catalogue.ts'
import type { CatalogueFormat, EntryBuilder } from './catalogue-format.ts'
import { isCellName } from './entry-builder.ts'
import { areaOf } from './usace-area.ts'

/**
 * The catalogues of the US Army Corps of Engineers: inland ENCs of rivers, buoys and Southwest Pass. An edition such as `22.16` is
 * edition 22 with update 16, as far as the catalogue says; a cell's date is that of its zip.
 */
export const usaceFormat: CatalogueFormat = {
  root: /^IENC[A-Za-z0-9]*ProductCatalog$/,
  rootName: 'IENCU37ProductCatalog',
  cell: 'Cell',
  createEntry: createUsaceEntry,
  header: { title: 'title', validFrom: 'date_created' },
  readValidFrom: isoDate,
}

function createUsaceEntry(): EntryBuilder {
  const path: string[] = []
  const fields = new Map<string, string>()
  return {
    open: (name) => void path.push(name),
    close(_name, value) {
      const key = path.join('/')
      path.pop()
      if (!fields.has(key)) fields.set(key, value)
    },
    finish() {
      const name = (fields.get('name') ?? '').toUpperCase()
      return { name, entry: toEntry(name, fields) }
    },
  }
}

function toEntry(name: string, fields: ReadonlyMap<string, string>): CatalogueEntry | string {
  // The name becomes part of file names, so only letters and digits are safe.
  if (!isCellName(name)) return `"${name.slice(0, 40)}" is not a cell name of eight letters and digits`
  const edition = /^(\d{1,9})(?:\.(\d{1,9}))?$/.exec(fields.get('edition') ?? '')
  if (edition === null) return `${name} has no edition such as 22.16`
  const zipUrl = fields.get('s57_file/location') || null
  if (zipUrl === null) return `${name} has no address of an S-57 file`
  const aboutBytes = bytesOf(fields.get('s57_file/file_size') ?? '')
  return {
    ...{ name, title: titleOf(fields), scale: null, status: 'active', zipUrl },
    // Rounded to a tenth of a megabyte, so it cannot check the size of a zip.
    zipSize: null,
    ...(aboutBytes === null ? {} : { aboutBytes }),
    ...{ edition: Number(edition[1]), update: Number(edition[2] ?? 0) },
    updateDate: isoDate(fields.get('s57_file/date_posted') ?? ''),
    issueDate: null,
    states: statesOf(fields),
    districts: [],
    box: areaOf(fields),
  }
}

/** `Allegheny: Pittsburgh, PA to Allegheny Lock No. 8`. */
function titleOf(fields: ReadonlyMap<string, string>): string | null {
  const ends = [...new Set([fields.get('location/from'), fields.get('location/to')])].filter((end) => end)
  const parts = [fields.get('river_name'), ends.join(' to ')].filter((part) => part)
  return parts.length === 0 ? null : parts.join(': ')
}

/** From places such as `Pittsburgh, PA`. */
function statesOf(fields: ReadonlyMap<string, string>): string[] {
  const places = [fields.get('location/from') ?? '', fields.get('location/to') ?? '']
  return [...new Set(places.flatMap((place) => /, ([A-Z]{2})$/.exec(place)?.[1] ?? []))]
}

const UNITS = new Map([
  ['B', 1],
  ['KB', 2 ** 10],
  ['MB', 2 ** 20],
  ['GB', 2 ** 30],
])

/** `7.7 MB` in bytes. */
function bytesOf(text: string): number | null {
  const match = /^(\d{1,6}(?:\.\d{1,3})?) ?([KMG]?B)$/i.exec(text)
  const unit = UNITS.get((match?.[2] ?? '').toUpperCase())
  return match === null || unit === undefined ? null : Math.round(Number(match[1]) * unit) || null
}

/** `06/30/2026` as ISO 8601. */
function isoDate(text: string): string | null {
  const match = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text)
  if (match === null) return null
  const date = `${match[3]}-${match[1]}-${match[2]}`
  const time = Date.parse(date)
  // Some engines parse 2026-02-31 as a day in March; the database would refuse it.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== date ? null : date
}
