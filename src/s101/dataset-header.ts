import type { RecordCursor } from '#iso8211/record-cursor.ts'
import { parseCellFileName } from '#s57/cell-file-name.ts'
import { cellNameOf, type DataSetIdentification, isoDate } from '#s57/data-set-header.ts'

const unitTerminator = 0x1f
/** RCNM and RCID stand before the texts. */
const textsStart = 5
const dateBytes = 8

/** DSID: the identification of the dataset in the terms that both standards share, and its title (DSTL). */
export interface DatasetIdentification extends DataSetIdentification {
  /** PRSP, such as `INT.IHO.S-101.2.0.0`. */
  specification: string
  title: string
}

/** DSSI: how coordinates become degrees and depths metres. */
export interface DatasetFactors {
  /** CMFX and CMFY, which must be equal. */
  coordinateFactor: number
  /** CMFZ. */
  soundingFactor: number
}

/**
 * Reads DSID from field `i` of the current record. Edition and update number come from DSED (`3.1`), or from the extension of the
 * name where DSED leaves the number out; DSED `0` cancels the cell. DSRD stands for the date of issue, which S-101 states in the
 * exchange catalogue only. Throws S101Error when there is no edition.
 */
export function readDatasetIdentification(cursor: RecordCursor, i: number): DatasetIdentification {
  const { bytes } = cursor
  const end = cursor.ends[i]!
  let at = cursor.starts[i]! + textsStart
  const text = (): string => {
    const stop = bytes.indexOf(unitTerminator, at)
    if (at > end || stop === -1 || stop > end) cursor.fail('DSID', 'the field ends inside its texts')
    const value = bytes.toString('utf8', at, stop).trim()
    at = stop + 1
    return value
  }
  const [, , specification = '', , profile = '', name = '', title = ''] = [text(), text(), text(), text(), text(), text(), text()]
  const date = bytes.toString('latin1', at, Math.min(at + dateBytes, end))
  at += dateBytes
  text()
  text()
  const edition = text()
  const match = /^(\d{1,9})(?:\.(\d{1,9}))?$/.exec(edition)
  if (match === null) return cursor.fail('DSID', `DSED is ${JSON.stringify(edition)}; an edition such as 3 or 3.1 is accepted`)
  const exchangePurpose = profile === '2' ? 2 : 1
  return {
    ...{ exchangePurpose, specification, title, usageBand: 0, name: cellNameOf(name || cursor.file), producer: 0, comment: null },
    edition: Number(match[1]),
    updateNumber: updateNumberOf(match, exchangePurpose === 2, name, cursor.file),
    updateApplicationDate: null,
    issueDate: isoDate(date),
  }
}

/**
 * The number in DSED, except for a cancellation (`0`), where it is left out, and in a base of number 0, which may be a re-issue: then
 * the extension of the name has it.
 */
function updateNumberOf([, edition, stated]: RegExpExecArray, isUpdate: boolean, name: string, file: string): number {
  if (stated !== undefined && Number(edition) > 0 && (isUpdate || Number(stated) > 0)) return Number(stated)
  return parseCellFileName(name)?.number ?? parseCellFileName(file)?.number ?? Number(stated ?? 0)
}

/** Reads DSSI from field `i` of the current record. Throws S101Error when coordinates cannot be turned into degrees. */
export function readFactors(cursor: RecordCursor, i: number): DatasetFactors {
  const start = cursor.starts[i]!
  if (cursor.ends[i]! - start < 64) cursor.fail('DSSI', `the field has ${cursor.ends[i]! - start} bytes instead of 64`)
  const { view } = cursor
  const origin = [0, 8, 16].map((offset) => view.getFloat64(start + offset, true))
  if (origin.some((value) => value !== 0)) {
    cursor.fail('DSSI', `the dataset has the origin ${origin.join(', ')} (DCOX, DCOY, DCOZ); only 0 is accepted`)
  }
  const [x, y, z] = [24, 28, 32].map((offset) => view.getUint32(start + offset, true)) as [number, number, number]
  if (x !== y) cursor.fail('DSSI', `the factors of coordinates differ (CMFX ${x}, CMFY ${y})`)
  if (x === 0 || z === 0) cursor.fail('DSSI', 'a factor of coordinates or depths is 0')
  return { coordinateFactor: x, soundingFactor: z }
}
