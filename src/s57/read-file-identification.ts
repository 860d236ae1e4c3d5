import { tagCode } from '#iso8211/record-cursor.ts'
import type { CellFile } from './cell.ts'
import { type DataSetIdentification, readIdentification } from './data-set-header.ts'
import { openRecords } from './open-records.ts'
import { S57Error } from './s57-error.ts'

const DSID = tagCode('DSID')
/** DSID is in the first data record (S-57 appendix B.1, clause 6.1); a few more are looked at before giving up. */
const RECORDS = 10

/**
 * What a file says it is (edition, update number, dates), without reading the rest of it. Throws S57Error when it is not an S-57
 * data set.
 */
export function readFileIdentification(file: CellFile): DataSetIdentification {
  const cursor = openRecords(file)
  while (cursor.record < RECORDS && cursor.next()) {
    const at = cursor.tags.slice(0, cursor.fieldCount).indexOf(DSID)
    if (at >= 0) return readIdentification(cursor, at)
  }
  throw new S57Error({ file: file.name, field: 'DSID' }, 'there is no data set identification (DSID)')
}
