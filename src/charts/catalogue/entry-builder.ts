import { enclosingBox } from '#geo/box.ts'
import type { CatalogueEntry } from './catalogue.ts'
import type { EntryBuilder } from './catalogue-format.ts'

interface Extent {
  west: number
  south: number
  east: number
  north: number
}

/** What is known of one `cell` element. */
interface Gathered {
  fields: ReadonlyMap<string, string>
  states: readonly string[]
  districts: readonly string[]
  panels: readonly Extent[]
}

const MOST_VALUES = 200

/** Gathers one `cell` element of NOAA's catalogue. */
export function createEntryBuilder(): EntryBuilder {
  const fields = new Map<string, string>()
  const states: string[] = []
  const districts: string[] = []
  const panels: Extent[] = []
  let latitude = Number.NaN
  let panel: Extent | null = null

  return {
    open(name) {
      if (name === 'panel') panel = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
    },
    close(name, value) {
      if (name === 'state' && states.length < MOST_VALUES) states.push(value.toUpperCase())
      else if (name === 'coast_guard_district' && districts.length < MOST_VALUES) districts.push(value)
      else if (name === 'lat') latitude = degrees(value)
      else if (name === 'long' && panel !== null) extend(panel, degrees(value), latitude)
      else if (name === 'panel' && panel !== null) {
        if (panel.west <= panel.east) panels.push(panel)
        panel = null
      } else if (!fields.has(name)) fields.set(name, value)
    },
    finish() {
      return { name: (fields.get('name') ?? '').toUpperCase(), entry: toCatalogueEntry({ fields, states, districts, panels }) }
    },
  }
}

/** S-57 appendix B.1, 5.6.3: eight letters and digits, here in upper case. */
export function isCellName(name: string): boolean {
  return /^[A-Z0-9]{8}$/.test(name)
}

/** @returns the entry, or the reason why it is unusable. */
function toCatalogueEntry(entry: Gathered): CatalogueEntry | string {
  const { fields } = entry
  const name = (fields.get('name') ?? '').toUpperCase()
  // The name becomes part of file names, so only letters and digits are safe.
  if (!isCellName(name)) return `"${name.slice(0, 40)}" is not a cell name of eight letters and digits`
  const status = (fields.get('status') ?? '').toLowerCase()
  if (status !== 'active' && status !== 'cancelled')
    return `${name} has the status "${status.slice(0, 40)}", not Active or Cancelled`
  const edition = wholeNumber(fields.get('edtn'))
  const update = wholeNumber(fields.get('updn'))
  if (edition === null) return `${name} has no edition number (edtn)`
  if (update === null) return `${name} has no update number (updn)`
  const zipUrl = fields.get('zipfile_location') || null
  if (zipUrl === null && status === 'active') return `${name} has no zipfile_location`
  return {
    name,
    title: fields.get('lname') || null,
    scale: wholeNumber(fields.get('cscale')),
    status,
    zipUrl,
    // No zip is empty: a zero means that the producer left the field out.
    zipSize: wholeNumber(fields.get('zipfile_size')) || null,
    edition,
    update,
    updateDate: isoDate(fields.get('uadt')),
    issueDate: isoDate(fields.get('isdt')),
    states: [...entry.states],
    districts: [...entry.districts],
    box: enclosingBox(entry.panels),
  }
}

function extend(extent: Extent, longitude: number, latitude: number): void {
  if (Number.isNaN(longitude) || Number.isNaN(latitude)) return
  extent.west = Math.min(extent.west, longitude)
  extent.east = Math.max(extent.east, longitude)
  extent.south = Math.min(extent.south, latitude)
  extent.north = Math.max(extent.north, latitude)
}

/** NaN when the text is not a number of degrees. NOAA's longitudes continue beyond -180 instead of wrapping. */
function degrees(text: string): number {
  const value = text === '' ? Number.NaN : Number(text)
  return Math.abs(value) <= 540 ? value : Number.NaN
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null
}

function isoDate(text: string | undefined): string | null {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const time = Date.parse(text)
  // Some engines parse '2026-02-31' as a day in March; the database would refuse it.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text ? null : text
}
