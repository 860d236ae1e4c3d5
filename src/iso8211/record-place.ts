/** Where in a data set an error lies. */
export interface RecordPlace {
  /** Name of the file, as the caller gave it. */
  file: string
  /** The record in words: `record 12`, `edge 4711`, `feature 33`; null for the whole file. */
  record?: string | null
  /** The tag of the field (`SG2D`), or `leader` or `directory` for the parts of a record before its fields. */
  field?: string | null
}

/** Makes the error that reading throws, so that each format built on ISO 8211 keeps an error type of its own. */
export type CreatePlacedError = (place: RecordPlace, message: string) => Error
