import { type RawBuilder, sql } from 'kysely'
import { newId } from '#lib/ids.ts'
import type { Db } from './database.ts'

/**
 * A mark that a transaction leaves: a random token, in a row that no other transaction uses at that time. A reader that finds it knows that
 * this very transaction was committed. The id alone is no proof: after a crash, PostgreSQL may assign the id of a lost transaction again.
 */
export interface TransactionMark {
  /** Leaves the mark and returns the id of the transaction (`pg_current_xact_id()`) as `transaction`: a statement, or part of one. */
  readonly statement: RawBuilder<{ transaction: string }>
  /** To be called by the work that has run the statement. */
  written(transaction: string): void
}

/** A mark with what its transaction needs to know about it. */
export interface OwnMark extends TransactionMark {
  /** The id of the transaction once the mark was written. */
  transaction: string | null
  isCommitted(db: Db): Promise<boolean>
  /** Frees the row for another transaction. Call it only once the outcome of this one is known. */
  release(): void
}

/** Rows that this process has made and that no transaction uses. They are rewritten again and again, so there are few. */
const free = new WeakMap<Db, string[]>()

export function takeMark(db: Db): OwnMark {
  const rows = free.get(db) ?? []
  free.set(db, rows)
  const row = rows.pop() ?? newId()
  const token = newId()
  return {
    transaction: null,
    statement: sql`
      insert into transaction_mark (id, token) values (${row}, ${token})
      on conflict (id) do update set token = excluded.token, written_at = now()
      returning pg_current_xact_id()::text as transaction
    `,
    written(transaction) {
      this.transaction = transaction
    },
    async isCommitted(on) {
      const found = await sql`select 1 from transaction_mark where id = ${row} and token = ${token}`.execute(on)
      return found.rows.length > 0
    },
    release() {
      rows.push(row)
    },
  }
}

/** Deletes the rows of processes that have ended; a process that still runs makes its row again. */
export async function deleteOldMarks(db: Db): Promise<void> {
  await sql`delete from transaction_mark where written_at < now() - interval '1 day'`.execute(db)
}
