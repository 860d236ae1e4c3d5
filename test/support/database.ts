import { randomBytes } from 'node:crypto'
import { type Database, openDatabase } from '#db/database.ts'
import { migrate } from '#db/migrate.ts'

// Each test file gets its own database, cloned from a template that is migrated once per run, on the PostgreSQL that `npm test` starts
// (or that of TEST_DATABASE_URL).

export interface TestDatabase extends Database {
  [Symbol.asyncDispose](): Promise<void>
}

const template = 'chartroom_template'

/** Address of the server's maintenance database. */
function testServerUrl(): string {
  const url = process.env['TEST_DATABASE_URL']
  if (url === undefined) throw new Error('TEST_DATABASE_URL is not set: run the tests with `npm test`, which starts a PostgreSQL')
  return url
}

/** The same server, another database. */
export function withDatabaseName(url: string, name: string): string {
  return url.replace(/^(postgres(?:ql)?:\/\/[^/]*\/)[^?]*/, `$1${name}`)
}

/** Creates a migrated database; disposing it (`await using`) or `close` drops it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`
  await maintain(`create database ${name} template ${template}`)
  const database = openDatabase({ url: withDatabaseName(testServerUrl(), name), maxConnections: 12 })
  let closed = false
  const close = async () => {
    if (closed) return
    closed = true
    await database.close()
    await maintain(`drop database if exists ${name} with (force)`)
  }
  return { ...database, close, [Symbol.asyncDispose]: close }
}

/** Creates a database without tables, for tests of the migrations. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`
  await maintain(`create database ${name} template template0`)
  const database = openDatabase({ url: withDatabaseName(testServerUrl(), name), maxConnections: 12 })
  const close = async () => {
    await database.close()
    await maintain(`drop database if exists ${name} with (force)`)
  }
  return { ...database, close, [Symbol.asyncDispose]: close }
}

/** Creates the template that the tests clone. Called once, before the test files run. */
export async function prepareTemplate(): Promise<void> {
  await maintain(`drop database if exists ${template} with (force)`)
  await maintain(`create database ${template} template template0`)
  const database = openDatabase({ url: withDatabaseName(testServerUrl(), template) })
  await migrate(database.db)
  await database.close()
}

async function maintain(statement: string): Promise<void> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: testServerUrl() })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
