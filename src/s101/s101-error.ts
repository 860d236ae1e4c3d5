import { RecordError } from '#iso8211/record-error.ts'

/** An S-101 dataset that cannot be read, or an update that does not fit it. Reading the same bytes again gives the same error. */
export class S101Error extends RecordError {
  override readonly name = 'S101Error'
}
