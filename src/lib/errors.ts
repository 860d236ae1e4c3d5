import { ERRORS, type ErrorCode } from './error-codes.ts'

/** A wrong field of a request, for `errors[]` of a problem document (RFC 9457). */
export interface FieldError {
  /** Where: a JSON pointer for bodies (`/name`), a bare name for query and path parameters (`limit`). */
  field: string
  message: string
}

/**
 * An error meant for the caller: a stable `code` with its HTTP status (`ERRORS`), and a message that says what was wrong and
 * what is accepted. Anything else that is thrown is a fault of the server: the response is a 500 without details.
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly status: number
  readonly fields: readonly FieldError[]
  /** Further members of the problem document. */
  readonly members: Readonly<Record<string, unknown>>

  constructor(
    code: ErrorCode,
    message: string = ERRORS[code].text,
    options: { cause?: unknown; fields?: readonly FieldError[]; members?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.status = ERRORS[code].status
    this.fields = options.fields ?? []
    this.members = options.members ?? {}
  }
}

/**
 * The error for fields that fail a check no schema can express; its message quotes the first of them.
 *
 * @param part where the fields are: `body` with JSON pointers (`/name`), `query` and `path` with names of parameters.
 * @param fields at least one.
 * @param options.code VALIDATION_FAILED unless given; `options.hint` is a sentence that follows the message.
 */
export function invalidFields(
  part: 'body' | 'query' | 'path',
  fields: readonly [FieldError, ...FieldError[]],
  options: { code?: ErrorCode; hint?: string } = {},
): AppError {
  const name = part === 'body' ? 'request body' : part
  const hint = options.hint === undefined ? '' : ` ${options.hint}`
  return new AppError(
    options.code ?? 'VALIDATION_FAILED',
    `The ${name} is not valid: ${fields.map(({ field, message }) => `${field === '' ? 'it' : field} ${message}`).join('; ')}.${hint}`,
    { fields },
  )
}

/** `invalidFields` for a single field. */
export function invalidField(
  part: 'body' | 'query' | 'path',
  field: string,
  message: string,
  options: { code?: ErrorCode; hint?: string } = {},
): AppError {
  return invalidFields(part, [{ field, message }], options)
}

/** Thrown by work that can never succeed with the same input (a broken file, a wrong parameter); the job is not retried. */
export class PermanentError extends Error {
  override readonly name: string = 'PermanentError'
}

/** The `code` of a system or library error (`ENOENT`, SQLSTATE `23505`), or undefined. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** The message of any thrown value, with the messages of its causes: "cannot read the catalogue: connect ECONNREFUSED". */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const own = error.message || codeOf(error) || error.name
  if (error instanceof AggregateError && error.message === '' && error.errors.length > 0) return messageOf(error.errors[0])
  return error.cause === undefined ? own : `${own}: ${messageOf(error.cause)}`
}
