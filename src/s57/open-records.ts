import { RecordCursor } from '#iso8211/record-cursor.ts'
import type { CellFile } from './cell.ts'
import { isS101 } from './is-s101.ts'
import { S57Error } from './s57-error.ts'

/** Opens the records of a file; what the cursor refuses becomes an S57Error. Throws when the file is S-101 or does not begin as ISO 8211. */
export function openRecords(file: CellFile): RecordCursor {
  if (isS101(file.bytes)) {
    const place = { file: file.name, record: 'record 1', field: 'DSID' }
    throw new S57Error(place, 'this is an S-101 file where one of S-57 is needed')
  }
  return new RecordCursor(file, (place, message) => new S57Error(place, message))
}
