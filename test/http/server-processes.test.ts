import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { createPresence } from '#compose/instance/presence.ts'
import { systemClock } from '#lib/clock.ts'
import { silentLog } from '#lib/log.ts'
import { createTestDatabase } from '#test/database.ts'

// Which processes work on one database.

const database = await createTestDatabase()
after(() => database.close())

const common = { db: database.db, clock: systemClock, log: silentLog() }
const api = createPresence(
  { instanceName: 'harbour', role: 'api' },
  {
    ...common,
    threads: { tiles: () => ({ threads: 4, busy: 1, queued: 0 }), query: () => ({ threads: 2, busy: 2, queued: 7 }) },
  },
)
const worker = createPresence({ instanceName: 'engine', role: 'worker' }, { ...common, threads: {} })

test('each process that is alive is listed with its role, its threads and its last sign of life', async () => {
  await api.list()
  const processes = await worker.list()
  assert.deepEqual(
    processes.map(({ name, role, threads, busyThreads }) => ({ name, role, threads, busyThreads })),
    [
      { name: 'harbour', role: 'api', threads: 6, busyThreads: 3 },
      { name: 'engine', role: 'worker', threads: 0, busyThreads: 0 },
    ],
  )
  for (const { host, version, memoryBytes, startedAt, lastSeenAt } of processes) {
    assert.ok(host !== '' && version !== '' && memoryBytes > 1e6)
    assert.ok(lastSeenAt >= startedAt)
  }
})

test('a process that was killed no longer counts as alive once it has been silent for a while', async () => {
  const silent = (seconds: number) =>
    sql`update server_process set seen_at = now() - ${seconds} * interval '1 second' where name = 'harbour'`.execute(database.db)
  await silent(20)
  assert.equal((await worker.list()).length, 2)
  await silent(60)
  assert.deepEqual(
    (await worker.list()).map(({ name }) => name),
    ['engine'],
  )
  await silent(7_200)
  await worker.list()
  const { rows } = await sql<{ name: string }>`select name from server_process`.execute(database.db)
  assert.deepEqual(rows, [{ name: 'engine' }])
})

test('a process reports itself while it runs, and is gone as soon as it stops', async () => {
  api.start()
  for (let turn = 0; (await worker.list()).length < 2; turn++) {
    assert.ok(turn < 500, 'the sign of life has not come')
    await new Promise((done) => setTimeout(done, 20))
  }
  await api.stop()
  assert.deepEqual(
    (await worker.list()).map(({ name }) => name),
    ['engine'],
  )
})
