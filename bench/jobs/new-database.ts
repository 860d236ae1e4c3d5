import pg from 'pg'
import { type Database, openDatabase } from '#db/database.ts'
import { migrate } from '#db/migrate.ts'
import { withDatabaseName } from '#test/database.ts'

/** A new, migrated database on the server at this address. */
export async function newDatabase(serverUrl: string, name: string): Promise<Database> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(`create database ${name} template template0`)
  await client.end()
  const database = openDatabase({ url: withDatabaseName(serverUrl, name) })
  await migrate(database.db)
  return database
}
