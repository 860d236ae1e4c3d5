import { readRow, type SubfieldValue } from '#iso8211/read-row.ts'
import { type RecordCursor, tagCode } from '#iso8211/record-cursor.ts'

/** DSID and DSSI: what the data set is. */
export interface DataSetIdentification {
  /** 1 a new data set, 2 a revision (update). */
  exchangePurpose: number
  usageBand: number
  name: string
  edition: number
  updateNumber: number
  updateApplicationDate: string | null
  issueDate: string | null
  producer: number
  comment: string | null
}

/** DSSI: lexical levels and how many records of each kind the file says it has. */
export interface DataSetStructure {
  attributeLevel: number
  nationalLevel: number
  features: number
  vectors: number
}

/** DSPM: how coordinates are to be understood. */
export interface DataSetParameters {
  horizontalDatum: number
  compilationScale: number
  coordinateUnits: number
  coordinateFactor: number
  soundingFactor: number
}

/** Reads DSID from field `i` of the current record. Throws S57Error when edition or update number are missing. */
export function readIdentification(cursor: RecordCursor, i: number): DataSetIdentification {
  const row = oneRow(cursor, i, 'DSID')
  const path = textOf(row, 'DSNM') || cursor.file
  const comment = textOf(row, 'COMT')
  return {
    exchangePurpose: numberOf(row, 'EXPP'),
    usageBand: numberOf(row, 'INTU'),
    name: cellNameOf(path),
    edition: count(cursor, row, 'EDTN'),
    updateNumber: count(cursor, row, 'UPDN'),
    updateApplicationDate: isoDate(textOf(row, 'UADT')),
    issueDate: isoDate(textOf(row, 'ISDT')),
    producer: numberOf(row, 'AGEN'),
    comment: comment === '' ? null : comment,
  }
}

/** The cell of a data set file: its name without path and extension, in upper case. */
export function cellNameOf(path: string): string {
  return path
    .replace(/^.*[\\/]/, '')
    .replace(/\.[^.]*$/, '')
    .toUpperCase()
}

/** Reads DSSI from field `i` of the current record. */
export function readStructure(cursor: RecordCursor, i: number): DataSetStructure {
  const row = oneRow(cursor, i, 'DSSI')
  const sum = (...labels: string[]) => labels.reduce((total, label) => total + numberOf(row, label), 0)
  return {
    attributeLevel: numberOf(row, 'AALL'),
    nationalLevel: numberOf(row, 'NALL'),
    features: sum('NOMR', 'NOCR', 'NOGR', 'NOLR'),
    vectors: sum('NOIN', 'NOCN', 'NOED', 'NOFA'),
  }
}

/** Reads DSPM from field `i` of the current record. Throws S57Error when coordinates cannot be turned into degrees. */
export function readParameters(cursor: RecordCursor, i: number): DataSetParameters {
  const row = oneRow(cursor, i, 'DSPM')
  const parameters = {
    horizontalDatum: numberOf(row, 'HDAT'),
    compilationScale: scaleOf(numberOf(row, 'CSCL')),
    coordinateUnits: numberOf(row, 'COUN'),
    coordinateFactor: numberOf(row, 'COMF'),
    soundingFactor: numberOf(row, 'SOMF'),
  }
  if (parameters.coordinateUnits > 1) {
    cursor.fail('DSPM', `the coordinates are not latitude and longitude (COUN is ${parameters.coordinateUnits}; 1 is accepted)`)
  }
  if (!(parameters.coordinateFactor > 0)) cursor.fail('DSPM', 'the coordinate multiplication factor COMF is 0')
  if (!(parameters.soundingFactor > 0)) cursor.fail('DSPM', 'the sounding multiplication factor SOMF is 0')
  return parameters
}

/** CSCL; 0 for values beyond 31 bits, such as all bits set where the producer states none (S-57 part 3, clause 2.1). */
function scaleOf(stated: number): number {
  return stated <= 0x7fff_ffff ? stated : 0
}

function oneRow(cursor: RecordCursor, i: number, tag: string): Map<string, SubfieldValue> {
  const definition = cursor.definitions.get(tagCode(tag))
  if (definition === undefined) return cursor.fail(tag, 'the field is not described in the data descriptive record')
  const row = readRow(cursor.bytes, cursor.starts[i]!, cursor.ends[i]!, definition)
  if (row.missing !== null) cursor.fail(tag, `the field ends inside its subfield ${row.missing}`)
  return row.values
}

function textOf(row: Map<string, SubfieldValue>, label: string): string {
  const value = row.get(label)
  return value === undefined ? '' : String(value).trim()
}

function numberOf(row: Map<string, SubfieldValue>, label: string): number {
  const value = Number(row.get(label) ?? 0)
  return Number.isFinite(value) ? value : 0
}

/** Edition and update number are digits in a text; without them no update can be checked. */
function count(cursor: RecordCursor, row: Map<string, SubfieldValue>, label: string): number {
  const text = textOf(row, label)
  if (!/^\d{1,9}$/.test(text)) cursor.fail('DSID', `${label} is ${JSON.stringify(text)}; a whole number is accepted`)
  return Number(text)
}

/** `20260925` as `2026-09-25`; null for blanks and for dates that do not exist. */
export function isoDate(text: string): string | null {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (match === null) return null
  const iso = `${match[1]}-${match[2]}-${match[3]}`
  const date = new Date(`${iso}T00:00:00Z`)
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso ? null : iso
}
