import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type CopiedTable, quoted } from './table-list.ts'

/** Fills the tables of an empty database in one transaction: until `commit`, the database is as it was. */
export interface TableImport {
  /** Loads all rows of a table from text in the format of COPY. Tables come in the order of the export. */
  load(table: CopiedTable, content: AsyncIterable<Uint8Array>): Promise<void>
  query(text: string, values?: unknown[]): Promise<void>
  commit(): Promise<void>
  /** Ends the connection; what was not committed is undone. May be called again. */
  close(): Promise<void>
}

/** The database has content, which a restore never replaces. */
export class NotEmptyError extends Error {
  override readonly name = 'NotEmptyError'
}

/**
 * Begins to fill the tables of a migrated database.
 *
 * @param tables all tables of the export.
 * @throws NotEmptyError when it has accounts.
 */
export async function beginImport(url: string, tables: readonly CopiedTable[]): Promise<TableImport> {
  const client = new pg.Client({ connectionString: url, application_name: 'chartroom restore', keepAlive: true })
  client.on('error', () => undefined)
  await client.connect()
  const names = tables.map(({ name }) => quoted(name))
  try {
    await client.query('begin')
    await client.query('set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0')
    // A server that starts meanwhile waits here, and then finds the accounts.
    await client.query(`lock table ${names.join(', ')} in access exclusive mode`)
    const { rows } = await client.query('select from account limit 1')
    if (rows.length > 0) throw new NotEmptyError('the database is not empty: a Chartroom has used it')
    // The counts that triggers keep are among the rows to load.
    for (const name of names) await client.query(`alter table ${name} disable trigger user`)
    await client.query(`truncate ${names.join(', ')}`)
  } catch (error) {
    await client.end()
    throw error
  }

  return {
    async load({ name, columns, identity }, content) {
      const sink = client.query(copyFrom(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`))
      const done = finished(sink)
      done.catch(() => undefined)
      for await (const chunk of content) if (!sink.write(chunk)) await Promise.race([once(sink, 'drain'), done])
      sink.end()
      await done
      if (identity !== null) {
        await client.query('select setval(pg_get_serial_sequence($1, $2), $3::bigint)', [name, identity.column, identity.last])
      }
    },
    query: async (text, values) => void (await client.query(text, values)),
    async commit() {
      for (const name of names) await client.query(`alter table ${name} enable trigger user`)
      await client.query('commit')
    },
    close: () => client.end(),
  }
}
