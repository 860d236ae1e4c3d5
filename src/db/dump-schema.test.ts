import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { createEmptyDatabase } from '#test/database.ts'
import { dumpSchema } from './dump-schema.ts'
import { migrate } from './migrate.ts'

const documented = readFileSync(path.resolve(import.meta.dirname, '../../docs/schema.sql'), 'utf8')

test('docs/schema.sql shows the schema that the migrations produce', async () => {
  await using database = await createEmptyDatabase()
  await migrate(database.db)
  assert.equal(await dumpSchema(database.db), documented, 'run `npm run generate` and commit docs/schema.sql')
})

test('executing docs/schema.sql on an empty database produces the same schema', async () => {
  await using database = await createEmptyDatabase()
  await sql.raw(documented).execute(database.db)
  assert.equal(await dumpSchema(database.db), documented)
})

test('a schema dump shows a table, its foreign keys, an index, a view, a function and a trigger', () => {
  for (const statement of [
    /^create table job \(\n {2}id uuid not null,/m,
    /^alter table job_step add constraint job_step_job_id_fkey FOREIGN KEY \(job_id\) REFERENCES job\(id\) ON DELETE CASCADE;/m,
    /^CREATE UNIQUE INDEX job_dedupe ON job /m,
    /^create view upload_state as$/m,
    /^CREATE OR REPLACE FUNCTION notify_cells\(\)$/m,
    /^CREATE TRIGGER cell_changed /m,
  ]) {
    assert.match(documented, statement)
  }
})
