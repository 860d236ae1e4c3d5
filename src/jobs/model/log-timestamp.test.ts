import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { createTestDatabase } from '#test/database.ts'
import { logTimestamp, logTimestampOfJson } from './log-timestamp.ts'

test('a timestamp from JSON equals one from a row, for any digits and session time zone', async () => {
  await using database = await createTestDatabase()
  const times = [0, 1, 10, 100, 120, 123, 999].map((milliseconds) => new Date(Date.UTC(2026, 0, 15, 23, 59, 59, milliseconds)))
  const result = await database.db.connection().execute(async (connection) => {
    await sql`set time zone 'Asia/Kathmandu'`.execute(connection)
    const rows = await sql<{ at: Date; as_json: string[] }>`
      select at, json_build_array(at at time zone 'UTC') as as_json
      from (select at::timestamptz(3) as at from unnest(${times}::timestamptz[]) as given (at)) times`.execute(connection)
    await sql`reset time zone`.execute(connection)
    return rows.rows
  })
  assert.equal(result.length, times.length)
  for (const [i, { at, as_json }] of result.entries()) {
    assert.equal(logTimestampOfJson(as_json[0]!), logTimestamp(at))
    assert.equal(logTimestamp(at), `2026-01-15T23:59:59.${String(times[i]!.getMilliseconds()).padStart(3, '0')}+00:00`)
  }
})
