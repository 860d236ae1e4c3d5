import { RecordError } from '#iso8211/record-error.ts'

/** A chart file that cannot be read, or an update that does not fit its cell. Reading the same bytes again gives the same error. */
export class S57Error extends RecordError {
  override readonly name = 'S57Error'
}
