import { PermanentError } from '#lib/errors.ts'

/** Where in a data set something is wrong. */
export interface S57Place {
  /** Name of the file, as given in `CellFile.name`. */
  file: string
  /** The record, in words: `record 12`, `edge 4711`, `feature 33`; null when the whole file is meant. */
  record?: string | null
  /** The field (`SG2D`), or `leader` and `directory` for the parts of a record that come before its fields. */
  field?: string | null
}

/** A chart file that cannot be read, or an update that does not fit its cell. Reading the same bytes again gives the same error. */
export class S57Error extends PermanentError {
  override readonly name = 'S57Error'
  readonly file: string
  readonly record: string | null
  readonly field: string | null

  constructor(place: S57Place, message: string) {
    const record = place.record ?? null
    const field = place.field ?? null
    super(`${[place.file, record, field].filter((part) => part !== null).join(', ')}: ${message}`)
    this.file = place.file
    this.record = record
    this.field = field
  }
}
