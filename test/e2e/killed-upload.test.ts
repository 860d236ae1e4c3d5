import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { sampleCell } from '#test/cells.ts'
import { createEmptyDatabase, type TestDatabase } from '#test/database.ts'
import { type ServerProcess, startServerProcess } from '#test/server-process.ts'

// The server is killed after it stored the file of an upload and before it wrote the row: the table of uploads is locked, so that it
// certainly waits in between. The next start finds the remains.

let folder: string
let database: TestDatabase
let server: ServerProcess

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-killed-upload-'))
  database = await createEmptyDatabase()
})
after(async () => {
  await server?.end('SIGTERM')
  await database?.close()
  await rm(folder, { recursive: true, force: true })
})

test('the next start deletes the file of a killed upload, and no other', async () => {
  const environment = { DATA_DIR: path.join(folder, 'data'), DATABASE_URL: database.url }
  const start = () => startServerProcess(environment, ['serve', '--role', 'api'])
  server = await start()
  assert.equal((await send('XX5GOOD1')).status, 200)
  const [good] = await stored()
  assert.ok(good)

  await database.db.transaction().execute(async (trx) => {
    await sql`lock table upload in access exclusive mode`.execute(trx)
    const lost = assert.rejects(send('XX5LOST1'))
    await untilStored(2)
    await server.end('SIGKILL')
    await lost
  })
  const left = await stored()
  assert.equal(left.length, 2, 'the file is there without a row')
  const rows = await sql<{ blob_key: string }>`select blob_key from upload`.execute(database.db)
  assert.deepEqual(
    rows.rows.map((row) => row.blob_key),
    [`uploads/${good}`],
  )

  // Remains are deleted when they are an hour old.
  const past = new Date(Date.now() - 2 * 60 * 60_000)
  for (const name of left) await utimes(path.join(folder, 'data/blobs/uploads', name), past, past)
  server = await start()
  await untilStored(1)
  assert.deepEqual(await stored(), [good])
})

async function stored(): Promise<string[]> {
  return await readdir(path.join(folder, 'data/blobs/uploads'))
}

/** Waits until the given number of files exists, at most a minute. */
async function untilStored(count: number): Promise<void> {
  const late = AbortSignal.timeout(60_000)
  while ((await stored()).length !== count) {
    if (late.aborted) assert.fail(`${(await stored()).join(', ')} are stored instead of ${count} files`)
    await setTimeout(10)
  }
}

async function send(name: string): Promise<Response> {
  const login = await fetch(`${server.url}/api/portal/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: 'admin' }),
  })
  const { token } = (await login.json()) as { token: { id: string } }
  const form = new FormData()
  form.append('file', new Blob([sampleCell({ name }) as Uint8Array<ArrayBuffer>]), `${name}.000`)
  const headers = { authorization: `Bearer ${token.id}` }
  return await fetch(`${server.url}/api/portal/v1/charts/upload`, { method: 'POST', body: form, headers })
}
