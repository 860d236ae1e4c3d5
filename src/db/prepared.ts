import type pg from 'pg'
import { codeOf } from '#lib/errors.ts'

const MARK = /^\s*\/\* prepared ([a-z-]+) \*\//
/** Codes of a server that does not know a statement it was told of, or has another of that name: a pooler changed the server. */
const FORGOTTEN = new Set(['26000', '42P05'])

/**
 * For a pool's connections: statements that begin with the comment `prepared <name>` are parsed and planned once a connection instead of
 * each time. For those alone that run for every job or request, whose parsing and planning costs more than their work. A name stands for one text.
 *
 * Behind a pooler that gives each transaction another server connection nothing can be prepared: the first complaint of that kind ends
 * it for the whole pool. The statement has not run then and is sent as any other; inside a transaction, which the complaint has ended, it
 * throws with that code, and the transaction may be tried again.
 */
export function prepareMarked(): (client: pg.PoolClient) => void {
  let possible = true
  return (client) => {
    const original = client.query.bind(client) as (...rest: unknown[]) => Promise<unknown>
    const query = (text: unknown, values: unknown, ...rest: unknown[]): Promise<unknown> => {
      const name = possible && typeof text === 'string' && rest.length === 0 ? MARK.exec(text)?.[1] : undefined
      if (name === undefined) return original(text, values, ...rest)
      return original({ name, text, values }).catch(async (error: unknown) => {
        if (!FORGOTTEN.has(codeOf(error) ?? '')) throw error
        possible = false
        return await original(text, values).catch(() => {
          throw error
        })
      })
    }
    client.query = query as typeof client.query
  }
}
