import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { type CopiedTable, listTables, quoted } from './table-list.ts'

/** All tables as they were at one moment, while the database goes on changing. */
export interface TableSnapshot {
  /** Names of the migrations that made the schema, in order. */
  migrations: string[]
  tables: CopiedTable[]
  /** The values of one text column. */
  texts(query: string): Promise<string[]>
  /** The rows of a table in the text format of COPY. */
  rows(table: CopiedTable): AsyncIterable<Buffer>
  /** Ends the snapshot. May be called again. */
  close(): Promise<void>
}

/** Opens a snapshot on a connection of its own. */
export async function openTableSnapshot(url: string): Promise<TableSnapshot> {
  const client = new pg.Client({ connectionString: url, application_name: 'chartroom backup', keepAlive: true })
  // The running query reports a broken connection; without a listener its error would end the process.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query('set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0')
    const { rows } = await client.query<{ name: string }>('select name from schema_migration order by name')
    const tables = await listTables(client)
    return {
      migrations: rows.map((row) => row.name),
      tables,
      async texts(query) {
        const result = await client.query<{ text: string }>(query)
        return result.rows.map((row) => row.text)
      },
      rows: ({ name, columns }) =>
        client.query(copyTo(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) to stdout`)) as AsyncIterable<Buffer>,
      close: () => client.end(),
    }
  } catch (error) {
    await client.end()
    throw error
  }
}
