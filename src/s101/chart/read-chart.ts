import { tagCode } from '#iso8211/record-cursor.ts'
import type { Cell, CellFile, Standard } from '#s57/cell.ts'
import type { DataSetIdentification } from '#s57/data-set-header.ts'
import { isS101 } from '#s57/is-s101.ts'
import { readCell as readS57Cell } from '#s57/read-cell.ts'
import { readFileIdentification } from '#s57/read-file-identification.ts'
import { readDatasetIdentification } from '../dataset-header.ts'
import { openRecords } from '../read-file.ts'
import { S101Error } from '../s101-error.ts'
import { readCell as readS101Cell } from '../to-s57/read-cell.ts'

export { RecordError } from '#iso8211/record-error.ts'

/** The standard of a chart file, according to its data descriptive record; its name does not matter. */
export function standardOf(bytes: Uint8Array): Standard {
  return isS101(bytes) ? 's101' : 's57'
}

/**
 * Reads a chart of either standard with its updates. Throws RecordError (S57Error or S101Error) when a file cannot be read, and when
 * an update is of the other standard.
 */
export function readChart(
  base: CellFile,
  updates: readonly CellFile[] = [],
  options: { warningLimit?: number; name?: string } = {},
): Cell {
  if (standardOf(base.bytes) === 's57') return readS57Cell(base, updates, options)
  const stranger = updates.find(({ bytes }) => standardOf(bytes) === 's57')
  if (stranger !== undefined) {
    const place = { file: stranger.name, record: 'record 1', field: 'DSID' }
    throw new S101Error(place, 'this is an update of S-57, but the cell is an S-101 chart')
  }
  return readS101Cell(base, updates, options)
}

const DSID = tagCode('DSID')
/** DSID is in the first data record; a few more are looked at before giving up. */
const RECORDS = 10

/**
 * What a file of either standard says it is (edition, update number, dates), without reading the rest of it. Throws RecordError when it
 * is not a chart.
 */
export function readChartIdentification(file: CellFile): DataSetIdentification {
  if (standardOf(file.bytes) === 's57') return readFileIdentification(file)
  const cursor = openRecords(file)
  while (cursor.record < RECORDS && cursor.next()) {
    const at = cursor.tags.slice(0, cursor.fieldCount).indexOf(DSID)
    if (at >= 0) return readDatasetIdentification(cursor, at)
  }
  throw new S101Error({ file: file.name, record: 'record 2', field: 'DSID' }, 'there is no dataset identification (DSID)')
}
