// Writes docs/schema.sql from the migrations, on a PostgreSQL started for it. src/db/dump-schema.test.ts checks that it is current.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { dumpSchema } from '#db/dump-schema.ts'
import { migrate } from '#db/migrate.ts'
import { createEmptyDatabase } from '#test/database.ts'
import { startTestServer } from './test-database.ts'

const server = await startTestServer()
try {
  process.env['TEST_DATABASE_URL'] = server.url
  await using database = await createEmptyDatabase()
  await migrate(database.db)
  writeFileSync(path.resolve(import.meta.dirname, '..', 'docs', 'schema.sql'), await dumpSchema(database.db))
} finally {
  await server.stop()
}
