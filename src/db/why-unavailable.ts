import { ERRORS } from '#lib/error-codes.ts'
import { codeOf } from '#lib/errors.ts'
import { isConnectionError } from './connection-error.ts'

/** States of the server in which no request can be served, by SQLSTATE. */
const REASONS = new Map([
  ['25006', 'The database is read-only at the moment, so nothing can be changed. Try again later.'],
  ['53100', 'The disk of the database is full. Try again later.'],
  ['53200', 'The database is short of memory. Try again in a few seconds.'],
  ['53300', 'The database has too many connections. Try again in a few seconds.'],
])

/** Why a request cannot be served now, in words for the client, when the state of the database is the reason; else null. */
export function whyUnavailable(error: unknown): string | null {
  return REASONS.get(codeOf(error) ?? '') ?? (isConnectionError(error) ? ERRORS.UNAVAILABLE.text : null)
}
