import type { RecordPlace } from '#iso8211/record-place.ts'
import { PermanentError } from '#lib/errors.ts'

/** A chart file that cannot be read, or an update that does not fit its cell. Reading the same bytes again gives the same error. */
export class S57Error extends PermanentError {
  override readonly name = 'S57Error'
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
