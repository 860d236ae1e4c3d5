import { codeOf } from '#lib/errors.ts'

/** Codes of temporary states: shutdown, crash and recovery, startup (SQLSTATE class 57), and connection failures (08). */
const PASSING = new Set([
  '57P01',
  '57P02',
  '57P03',
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  'EAI_AGAIN',
])

/**
 * Whether a statement failed because the database was unreachable and not because of the statement, so that a retry can help. A
 * commit that fails this way may or may not have happened.
 */
export function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = codeOf(error)
  if (code !== undefined && (PASSING.has(code) || code.startsWith('08'))) return true
  return /^(Connection terminated|Query read timeout|timeout expired|timeout exceeded when trying to connect|Client was closed|Client has encountered a connection error)/.test(
    error.message,
  )
}

/** Whether an error is a unique violation (SQLSTATE 23505) of the named constraint or index. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  return codeOf(error) === '23505' && error instanceof Error && 'constraint' in error && error.constraint === constraint
}
