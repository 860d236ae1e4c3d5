import { retryAfter } from '../lib/retry-after.ts'

/** An error response of the API (a problem document, RFC 9457). */
export class ApiError extends Error {
  readonly status: number
  /** The stable name of the error; docs/errors.md lists them. Empty when the response was not a problem document. */
  readonly code: string
  readonly requestId: string | null
  /** Seconds that the server asks to wait, or null. */
  readonly retryAfter: number | null
  /** Members of the problem beyond the standard ones. */
  readonly members: Readonly<Record<string, unknown>>
  readonly fields: readonly { field: string; message: string }[]

  constructor(status: number, body: unknown, headers: Headers) {
    const members = isRecord(body) ? body : {}
    super(typeof members.detail === 'string' ? members.detail : wordsFor(status))
    this.name = 'ApiError'
    this.status = status
    this.code = typeof members.code === 'string' ? members.code : ''
    this.requestId = headers.get('x-request-id')
    const wait = retryAfter(headers, Date.now())
    this.retryAfter = wait === null ? null : Math.ceil(wait / 1_000)
    this.members = members
    this.fields = Array.isArray(members.errors) ? members.errors.filter(isField) : []
  }
}

/** For an answer that is none of the server's own. */
function wordsFor(status: number): string {
  return status === 413
    ? 'The file is larger than a reverse proxy before the server accepts. Its operator can raise that limit (client_max_body_size of nginx).'
    : `The server answered with status ${status}.`
}

/** Whether a reverse proxy answers that the server does not: it is stopped or restarting. The server's own answers are JSON. */
export function isProxyWithoutServer(status: number, contentType: string | null): boolean {
  return (status === 502 || status === 503 || status === 504) && !/json/.test(contentType ?? '')
}

/** The server did not answer: it is stopped, restarting, or the network is down. */
export class UnreachableError extends Error {
  constructor(cause: unknown) {
    super('The server does not answer.', { cause })
    this.name = 'UnreachableError'
  }
}

/** A change was not made because the session is over; the user can repeat it after signing in. */
export class SessionOverError extends Error {
  constructor() {
    super('Your session ended before this was done. Sign in and try again.')
    this.name = 'SessionOverError'
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isField(value: unknown): value is { field: string; message: string } {
  return isRecord(value) && typeof value.field === 'string' && typeof value.message === 'string'
}

/** Whether an error means that this page itself aborted the request. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}
