import { AppError } from '#lib/errors.ts'

/** Too many event streams (429), with the seconds for the `Retry-After` header. */
export class StreamLimitError extends AppError {
  readonly retryAfterSeconds = 10

  /** @param what who has how many open, as the beginning of a sentence. */
  constructor(what: string) {
    super('STREAM_LIMIT', `${what}, which is as many as there may be. Close one, or poll List Jobs.`)
  }
}
