import { PermanentError } from '#lib/errors.ts'
import type { RecordPlace } from './record-place.ts'

/** A file based on ISO 8211 that cannot be read; names the file, the record and the field. The same bytes give the same error. */
export class RecordError extends PermanentError {
  override readonly name: string = 'RecordError'
  readonly file: string
  readonly record: string | null
  readonly field: string | null

  constructor(place: RecordPlace, message: string) {
    const record = place.record ?? null
    const field = place.field ?? null
    super(`${[place.file, record, field].filter((part) => part !== null).join(', ')}: ${message}`)
    this.file = place.file
    this.record = record
    this.field = field
  }
}
