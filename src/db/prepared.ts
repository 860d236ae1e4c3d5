import type pg from 'pg'
import { codeOf } from '#lib/errors.ts'

const MARK = /^\s*\/\* prepared ([a-z-]+) \*\//
/**
 * SQLSTATEs of a session that lacks a prepared statement or has another of that name (a pooler changed the session), or whose plan has
 * become invalid (a newer server changed the type of a column).
 */
const FORGOTTEN = new Set(['26000', '42P05', '0A000'])

/** Whether a statement failed because its session has lost the prepared statement or cannot use it. It is not prepared again. */
export function isForgotten(error: unknown): boolean {
  return FORGOTTEN.has(codeOf(error) ?? '')
}

/**
 * Prepares statements that begin with the comment `prepared <name>` once per connection of a pool. This is for the statements of every job
 * or request that take longer to parse and plan than to run. A name stands for one text. Behind a pooler that changes sessions nothing can
 * be prepared, and a plan for a column of another type fails for ever: the first error of that kind disables it for the whole pool. The
 * statement has not run and is sent unprepared; inside a transaction, which the error has aborted, it throws, and the transaction may be
 * retried.
 */
export function prepareMarked(): (client: pg.PoolClient) => void {
  let possible = true
  return (client) => {
    const original = client.query.bind(client) as (...rest: unknown[]) => Promise<unknown>
    const query = (text: unknown, values: unknown, ...rest: unknown[]): Promise<unknown> => {
      const name = possible && typeof text === 'string' && rest.length === 0 ? MARK.exec(text)?.[1] : undefined
      if (name === undefined) return original(text, values, ...rest)
      return original({ name, text, values }).catch(async (error: unknown) => {
        if (!isForgotten(error)) throw error
        possible = false
        return await original(text, values).catch(() => {
          throw error
        })
      })
    }
    client.query = query as typeof client.query
  }
}
