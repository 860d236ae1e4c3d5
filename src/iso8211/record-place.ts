/** The place of an error in a data set. */
export interface RecordPlace {
  /** Name of the file, as the caller gave it. */
  file: string
  /** The record in words: `record 12`, `edge 4711`, `feature 33`; null for the whole file. */
  record?: string | null
  /** The tag of the field (`SG2D`), or `leader` or `directory` for the parts of a record before its fields. */
  field?: string | null
}

/** Creates the errors of the reader, so that each format based on ISO 8211 has its own error type. */
export type CreatePlacedError = (place: RecordPlace, message: string) => Error
