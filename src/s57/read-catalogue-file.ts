import { Buffer } from 'node:buffer'
import { readRow, type SubfieldValue } from '#iso8211/read-row.ts'
import { type RecordCursor, tagCode } from '#iso8211/record-cursor.ts'
import type { CellFile } from './cell.ts'
import { openRecords } from './open-records.ts'
import { S57Error } from './s57-error.ts'
import { createWarningList, type WarningList } from './warning-list.ts'

/** A file that a CATALOG.031 lists. */
export interface ListedFile {
  /** Path below ENC_ROOT with `/`, as the catalogue spells it: `GB/GB301910/9/0/GB301910.000`. Never absolute, never with `..`. */
  path: string
  /** LFIL, the long name; may be empty. */
  longName: string
  /** VOLM, `V01X01`. */
  volume: string
  /** IMPL: `BIN`, `ASC`, `TXT`, `TIF`, or any other text of the producer. */
  implementation: string
  /** West, south, east, north in degrees; null when missing or invalid. */
  box: readonly [west: number, south: number, east: number, north: number] | null
  /** CRCS as a number, because producers drop leading zeros; null without one. */
  checksum: number | null
  comment: string
  /** Edition, update and dates (`YYYY-MM-DD`) of a cell, where COMT states them in the form of S-63. */
  edition: CatalogueEdition | null
}

export interface CatalogueEdition {
  edition: number
  updateNumber: number
  updateApplicationDate: string | null
  issueDate: string | null
}

/** The catalogue of an exchange set. */
export interface CatalogueFile {
  entries: ListedFile[]
  /** Skipped records, with the reason. */
  warnings: string[]
}

/** Limits recoveries, because each may read a directory of 100 kB in vain. */
const mostRecoveries = 1000

const CATD = tagCode('CATD')
const DSID = tagCode('DSID')

/**
 * Reads the CATALOG.031 of an exchange set (S-57 appendix B.1, clause 5.6.3). Skips an inconsistent record with a warning and
 * continues at the next one, because catalogues are edited by hand while their charts are intact. Throws S57Error when the file is not
 * a catalogue or has no readable record.
 */
export function readCatalogueFile(file: CellFile): CatalogueFile {
  const cursor = openRecords(file)
  const warnings = createWarningList()
  const entries: ListedFile[] = []
  let recoveries = 0
  const recover = (): boolean => {
    if (++recoveries <= mostRecoveries) return cursor.recover()
    warnings.add(`${file.name}: more than ${mostRecoveries} records are damaged; the rest was passed over`)
    return false
  }
  for (;;) {
    try {
      if (!cursor.next()) break
      const entry = readRecord(cursor, warnings)
      if (entry !== null) entries.push(entry)
      if (cursor.slack > 0) {
        const message = `its length is ${cursor.slack} bytes too long; the next record was looked for`
        warnings.add(`${file.name}, record ${cursor.record}: ${message}`)
        recover()
      }
    } catch (error) {
      if (!(error instanceof S57Error) || error.field === 'DSID') throw error
      warnings.add(`${error.message}; the record was passed over`)
      if (!recover()) break
    }
  }
  if (entries.length === 0)
    cursor.fail('CATD', 'the file lists nothing: it is not the catalogue of an exchange set, or it is damaged')
  return { entries, warnings: warnings.list() }
}

function readRecord(cursor: RecordCursor, warnings: WarningList): ListedFile | null {
  const tags = cursor.tags.slice(0, cursor.fieldCount)
  if (tags.includes(DSID)) cursor.fail('DSID', 'this is a chart, not the catalogue of an exchange set')
  const at = tags.indexOf(CATD)
  if (at === -1) {
    warnings.add(`${cursor.file}, record ${cursor.record} was passed over: it has no CATD`)
    return null
  }
  const definition = cursor.definitions.get(CATD)
  if (definition === undefined) return cursor.fail('CATD', 'the field is not described in the data descriptive record')
  const row = readRow(cursor.bytes, cursor.starts[at]!, cursor.ends[at]!, definition)
  // Some writers leave out the last subfields; without the name of the file there is nothing to list.
  const given = textOf(row.values, 'FILE')
  if (given === '')
    return cursor.fail('CATD', row.missing === null ? 'FILE is empty' : `the field ends inside its subfield ${row.missing}`)
  const path = safePath(given)
  if (path === null) {
    warnings.add(
      `${cursor.file}, record ${cursor.record} was passed over: the path ${JSON.stringify(given)} leads out of the set`,
    )
    return null
  }
  const comment = textOf(row.values, 'COMT')
  return {
    path,
    longName: textOf(row.values, 'LFIL'),
    volume: textOf(row.values, 'VOLM'),
    implementation: textOf(row.values, 'IMPL'),
    box: readBox(row.values),
    checksum: readChecksum(cursor, textOf(row.values, 'CRCS'), warnings),
    comment,
    edition: readEdition(comment),
  }
}

function textOf(values: Map<string, SubfieldValue>, label: string): string {
  const value = values.get(label)
  if (value === undefined || typeof value === 'number') return ''
  return (Buffer.isBuffer(value) ? value.toString('latin1') : value).replaceAll('\0', '').trim()
}

/** Below ENC_ROOT with `/`; null when the path would lead out of the set. */
function safePath(given: string): string | null {
  const parts = given
    .replaceAll('\\', '/')
    .replace(/^[A-Za-z]:/, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.')
  if (parts[0]?.toUpperCase() === 'ENC_ROOT') parts.shift()
  return parts.length === 0 || parts.includes('..') ? null : parts.join('/')
}

function readBox(values: Map<string, SubfieldValue>): ListedFile['box'] {
  const [west = NaN, south = NaN, east = NaN, north = NaN] = ['WLON', 'SLAT', 'ELON', 'NLAT'].map((label) => {
    const value = values.get(label)
    const text = Buffer.isBuffer(value) ? value.toString('latin1') : (value ?? '')
    return text === '' ? NaN : Number(text)
  })
  const valid = south >= -90 && north <= 90 && south <= north && Math.abs(west) <= 540 && Math.abs(east) <= 540
  return valid ? [west, south, east, north] : null
}

function readChecksum(cursor: RecordCursor, text: string, warnings: WarningList): number | null {
  if (text === '') return null
  if (/^[0-9A-F]{1,8}$/i.test(text)) return Number.parseInt(text, 16)
  warnings.add(
    `${cursor.file}, record ${cursor.record}: CRCS is ${JSON.stringify(text.slice(0, 40))}; hexadecimal digits are accepted`,
  )
  return null
}

/** `VERSION=1.0,EDTN=9,UPDN=0,UADT=20210626,ISDT=20210626;` (S-63 edition 1.2, clause 6.2); null for any other comment. */
function readEdition(comment: string): CatalogueEdition | null {
  const value = (key: string) => new RegExp(`(?:^|[,;\\s])${key}=(\\d{1,8})(?=[,;\\s]|$)`, 'i').exec(comment)?.[1]
  const edition = value('EDTN')
  const updateNumber = value('UPDN')
  if (edition === undefined || updateNumber === undefined) return null
  const date = (text: string | undefined) =>
    text?.length === 8 ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : null
  return {
    edition: Number(edition),
    updateNumber: Number(updateNumber),
    updateApplicationDate: date(value('UADT')),
    issueDate: date(value('ISDT')),
  }
}
