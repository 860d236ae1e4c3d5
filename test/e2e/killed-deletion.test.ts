import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { OWNED_DATA } from '#tasks/deletion/owned-data.ts'
import { sampleCell } from '#test/cells.ts'
import type { CrashingDeletion } from '#test/crashing-deletion.ts'
import { createEmptyDatabase, type TestDatabase } from '#test/database.ts'
import { type ServerProcess, startServerProcess } from '#test/server-process.ts'
import { belongsTo } from '#tiles/products/owner-mark.ts'

// Accounts with three uploads each are deleted, and the process that deletes is killed in every step. One account stays; it has a chart
// that each of the others has too, byte for byte.

const AT_END = ['step_stop_jobs', ...OWNED_DATA.map(({ step }) => step), 'step_remove_account']
const IN_TRANSACTION = new Set(['step_remove_cells', 'step_remove_uploads', 'step_remove_account'])
/** In the order of the steps: a deletion that was killed in one of them continues with it, and never returns to an earlier one. */
const CRASHES = AT_END.flatMap((step): Pick<CrashingDeletion, 'step' | 'at'>[] => [
  ...(IN_TRANSACTION.has(step) ? [{ step, at: 'in-transaction' as const }] : []),
  { step, at: 'after-work' },
])
/** A job that loses its worker a third time fails. */
const CRASHES_PER_ACCOUNT = 2
const DELETED = Math.ceil(CRASHES.length / CRASHES_PER_ACCOUNT)
const TILE = '/api/v2/tiles/enc-v2/12/1706/1549.mvt'

interface Account {
  id: number
  token: string
}

let folder: string
let database: TestDatabase
let server: ServerProcess
let admin: string

const dataDir = () => path.join(folder, 'data')
const start = (...role: string[]) =>
  startServerProcess({ DATA_DIR: dataDir(), DATABASE_URL: database.url, LOG_LEVEL: 'warn' }, ['serve', ...role])

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chartroom-killed-deletion-'))
  database = await createEmptyDatabase()
})
after(async () => {
  await server?.end('SIGTERM')
  await database?.close()
  await rm(folder, { recursive: true, force: true })
})

async function call<T>(method: string, where: string, token: string, json?: unknown): Promise<{ status: number; body: T }> {
  const headers = { authorization: `Bearer ${token}`, ...(json === undefined ? {} : { 'content-type': 'application/json' }) }
  const answer = await fetch(server.url + where, {
    method,
    headers,
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  })
  const isJson = answer.headers.get('content-type')?.includes('json') === true
  return { status: answer.status, body: (isJson ? await answer.json() : null) as T }
}

async function send(filename: string, content: Uint8Array, token: string): Promise<void> {
  const form = new FormData()
  form.append('file', new Blob([content as Uint8Array<ArrayBuffer>]), filename)
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(`${server.url}/api/portal/v1/charts/upload`, { method: 'POST', body: form, headers })
  assert.equal(answer.status, 200, await answer.text())
}

/** An account with three uploads, a style and a drawn tile. */
async function createAccount(n: number): Promise<Account> {
  const name = `Account ${n}`
  const body = { name, username: `user${n}`, password: 'pass' }
  const created = await call<{ account: { id: number }; initialToken: { id: string } }>(
    'POST',
    '/api/portal/v1/admin/createAccount',
    admin,
    body,
  )
  assert.equal(created.status, 200)
  const account = { id: created.body.account.id, token: created.body.initialToken.id }
  for (const cell of ['XX5SHARE', `XX5A${String(n).padStart(3, '0')}X`, `XX5B${String(n).padStart(3, '0')}X`])
    await send(`${cell}.000`, sampleCell({ name: cell }), account.token)
  assert.equal((await call('POST', '/api/portal/v1/styles', account.token, { name, theme: 'day' })).status, 200)
  for (;;) {
    const { body } = await call<{ uploads: { status: string }[] }>('GET', '/api/portal/v1/charts/uploads', account.token)
    const states = body.uploads.map(({ status }) => status)
    assert.ok(!states.includes('failed'))
    if (states.every((state) => state === 'succeeded')) break
    await sleep(50)
  }
  // The server that draws is notified of the charts.
  while ((await tilesOf(account.id)).length === 0) {
    assert.equal((await call('GET', TILE, account.token)).status, 200)
    await sleep(20)
  }
  return account
}

async function tilesOf(accountId: number): Promise<string[]> {
  const names = await readdir(path.join(dataDir(), 'tiles'), { recursive: true })
  return names.map((name) => path.basename(name)).filter(belongsTo(accountId))
}

async function blobs(): Promise<string[]> {
  const names = await readdir(path.join(dataDir(), 'blobs'), { recursive: true, withFileTypes: true })
  return names
    .filter((each) => each.isFile())
    .map((each) => path.relative(path.join(dataDir(), 'blobs'), path.join(each.parentPath, each.name)).split(path.sep).join('/'))
    .toSorted()
}

/** Every row of an account, by table, except in the count of jobs, which is a running sum. */
async function rowsOf(accountId: number): Promise<Record<string, unknown[]>> {
  const tables = await sql<{ name: string }>`
    select c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'account_id' and t.table_type = 'BASE TABLE' and c.table_name <> 'job_count'
  `.execute(database.db)
  const found: Record<string, unknown[]> = {}
  for (const { name } of tables.rows) {
    const rows = await sql`select * from ${sql.table(name)} t where account_id = ${accountId} order by t::text`.execute(
      database.db,
    )
    found[name] = rows.rows.map((row) => ({ ...(row as object), last_used_at: null }))
  }
  const account = await sql`select * from account where id = ${accountId}`.execute(database.db)
  return { ...found, account: account.rows }
}

/** Runs the deletions in a process of their own, which kills itself. */
async function crash(plan: Omit<CrashingDeletion, 'url' | 'dataDir'>): Promise<void> {
  const program = path.join(import.meta.dirname, '../support/crashing-deletion.ts')
  const argument = JSON.stringify({ url: database.url, dataDir: dataDir(), ...plan } satisfies CrashingDeletion)
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, argument], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  const late = setTimeout(() => child.kill('SIGTERM'), 60_000)
  const [, killedBy] = (await once(child, 'exit')) as [number | null, string | null]
  clearTimeout(late)
  if (killedBy === 'SIGKILL') return
  const jobs = await sql`
    select job_state, attempt, tries, error, (select array_agg(message order by seq) from job_log where job_id = job.id) as log,
      (select json_agg(step) from job_step step where job_id = job.id and step.status <> 'pending') as steps
    from job where account_id = ${plan.accountId} and job_type = 'delete-account'
  `.execute(database.db)
  assert.fail(`the process did not reach ${plan.step}: ${output} ${JSON.stringify(jobs.rows)}`)
}

test('a deletion killed in each of its steps completes, leaves nothing, and touches no other account', {
  timeout: 900_000,
}, async () => {
  server = await start()
  const login = await call<{ token: { id: string } }>('POST', '/api/portal/v1/auth/login', '', {
    username: 'admin',
    password: 'admin',
  })
  admin = login.body.token.id
  const accounts: Account[] = []
  for (let n = 0; n < DELETED; n++) accounts.push(await createAccount(n))
  const other = await createAccount(DELETED)
  const before = await rowsOf(other.id)
  const tilesBefore = await tilesOf(other.id)
  assert.equal(before['upload']?.length, 3)
  assert.equal(before['cell']?.length, 3)
  await server.end('SIGTERM')

  const jobIds: string[] = []
  for (const [i, { id, token }] of accounts.entries()) {
    // A server that runs no jobs accepts the deletion. It ends before the crashes: while it lives it takes part in finding lost workers.
    server = await start('--role', 'api')
    const deleted = await call<{ jobId: string }>('POST', '/api/portal/v1/admin/deleteAccount', admin, { id })
    assert.equal(deleted.status, 200)
    jobIds.push(deleted.body.jobId)
    assert.equal((await call('GET', '/api/portal/v1/auth/whoami', token)).status, 401, 'before any job has run')
    await server.end('SIGTERM')
    for (const planned of CRASHES.slice(i * CRASHES_PER_ACCOUNT, (i + 1) * CRASHES_PER_ACCOUNT))
      await crash({ accountId: id, ...planned })
  }

  server = await start()
  for (const [i, jobId] of jobIds.entries()) {
    let job: { jobState: string; accountId: number | null; steps: { attempt: number }[] }
    for (;;) {
      job = (await call<typeof job>('GET', `/api/portal/v1/jobs/${jobId}`, admin)).body
      if (job.jobState !== 'pending' && job.jobState !== 'running') break
      await sleep(50)
    }
    assert.equal(job.jobState, 'completed', JSON.stringify(job))
    assert.equal(job.accountId, accounts[i]?.id)
    assert.ok(
      job.steps.some(({ attempt }) => attempt > 1),
      'a step was repeated',
    )
  }
  for (const [i, { id, token }] of accounts.entries()) {
    const left = Object.entries(await rowsOf(id)).flatMap(([table, rows]) =>
      rows.map((row) => ({ table, id: (row as { id: unknown }).id })),
    )
    assert.deepEqual(left, [{ table: 'job', id: jobIds[i] }])
    assert.deepEqual(await tilesOf(id), [])
    assert.equal((await call('GET', TILE, token)).status, 401)
  }
  assert.deepEqual(await rowsOf(other.id), before)
  assert.deepEqual(await tilesOf(other.id), tilesBefore)
  const keys = (
    await sql<{ key: string }>`
    select blob_key as key from upload union select compiled_key from cell where compiled_key is not null
  `.execute(database.db)
  ).rows.map(({ key }) => key)
  assert.deepEqual(await blobs(), keys.toSorted())
  assert.equal((await call('GET', TILE, other.token)).status, 200)
})
