import { sql } from 'kysely'
import { drawnClassName } from '#compiled/format/catalogue-lookup.ts'
import type { Db } from '#db/database.ts'

/** Accounts remembered at once. */
const MOST_ACCOUNTS = 200

/** Finds the object classes (S-57 acronyms, sorted) in the cells that an account sees. */
export type ListClasses = (accountId: number) => Promise<readonly string[]>

/** Remembers the classes of each account until a cell changes: reading them takes every row of the index. */
export function createListClasses(db: Db): ListClasses {
  const known = new Map<number, { state: string; classes: readonly string[] }>()
  return async (accountId) => {
    const visible = sql`(account_id is null or account_id = ${accountId})`
    const found = await sql<{ state: string }>`
      select concat(count(*), ' ', max(indexed_at)) as state from cell where ${visible}`.execute(db)
    const state = found.rows[0]?.state ?? ''
    const remembered = known.get(accountId)
    if (remembered?.state === state) return remembered.classes
    const { rows } = await sql<{ name: string }>`
      select distinct jsonb_object_keys(features_by_class) as name from cell where ${visible}`.execute(db)
    const classes = [...new Set(rows.map(({ name }) => drawnClassName(name)))].sort()
    known.delete(accountId)
    known.set(accountId, { state, classes })
    const [oldest] = known.keys()
    if (known.size > MOST_ACCOUNTS && oldest !== undefined) known.delete(oldest)
    return classes
  }
}
