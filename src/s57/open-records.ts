import { RecordCursor } from '#iso8211/record-cursor.ts'
import type { CellFile } from './cell.ts'
import { S57Error } from './s57-error.ts'

/** Opens the records of a file; whatever the cursor refuses is an S57Error. Throws when the file does not begin as ISO 8211. */
export function openRecords(file: CellFile): RecordCursor {
  return new RecordCursor(file, (place, message) => new S57Error(place, message))
}
