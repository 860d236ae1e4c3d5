/** A field of a request that was wrong, for `errors[]` of a problem document (RFC 9457). */
export interface FieldError {
  /** Where: a JSON pointer for bodies (`/name`), a bare name for query and path parameters (`limit`). */
  field: string
  message: string
}

/**
 * An error meant for the person on the other side: it has a stable `code` (listed in `docs/errors.md`), an HTTP status and a
 * message that says what was wrong and what is accepted. Anything thrown that is not an AppError is our own mistake and is
 * answered as a plain 500 that leaks nothing.
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: string
  readonly status: number
  readonly fields: readonly FieldError[]

  constructor(code: string, status: number, message: string, options: { cause?: unknown; fields?: readonly FieldError[] } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.status = status
    this.fields = options.fields ?? []
  }
}

/** Work that can never succeed with the same input (a broken file, a wrong parameter): a job that throws it is not retried. */
export class PermanentError extends Error {
  override readonly name: string = 'PermanentError'
}

/** The message of anything thrown, with the messages of its causes: "cannot read the catalogue: connect ECONNREFUSED". */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const own = error.message || (error as NodeJS.ErrnoException).code || error.name
  if (error instanceof AggregateError && error.message === '' && error.errors.length > 0) return messageOf(error.errors[0])
  return error.cause === undefined ? own : `${own}: ${messageOf(error.cause)}`
}
