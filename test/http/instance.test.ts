import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { checkStorage } from '#compose/instance/check-storage.ts'
import { runChecks } from '#compose/instance/run-checks.ts'
import type { InstanceDetails } from '#http/base/instance-service.ts'
import { systemClock } from '#lib/clock.ts'
import { createFolderStore } from '#storage/folder-store.ts'
import { createTestDatabase } from '#test/database.ts'
import { createTestInstance } from '#test/instance.ts'
import { assertProblem } from './assert-problem.ts'
import { addUser, startFixture } from './server-fixture.ts'

// What the server says about itself, and the agreement to NOAA's terms.

const path = '/api/portal/v1/instance'
const secrets = { databaseUrl: 'postgresql://chart:hidden-1@db.example/charts', key: '0123456789', source: 'hidden-2' }
const database = await createTestDatabase()
const folder = await mkdtemp(join(tmpdir(), 'chartroom-instance-'))
const storage = createFolderStore(join(folder, 'blobs'))
const fixture = await startFixture({
  charts: { database, storage },
  instance: createTestInstance(
    {
      ...{ db: database.db, storage, tileBytes: () => 4_096 },
      threads: { cells: () => ({ threads: 2, busy: 1, queued: 5 }) },
      jobs: { schedule: async () => [{ jobType: 'refresh-public-charts', nextRunAt: 1_800_000_000_000 }] },
    },
    { DATABASE_URL: secrets.databaseUrl, PUBLIC_CHARTS_URL: `file:///no/such/folder?signature=${secrets.source}` },
  ),
})
after(async () => {
  await fixture[Symbol.asyncDispose]()
  await database.close()
  await rm(folder, { recursive: true, force: true })
})
const admin = await fixture.adminSession()
const user = await addUser(fixture, 'mate')

test('anyone learns the name, the version and whether the password is the default, and nothing else', async () => {
  const expected = { name: 'Chartroom', version: '0.0.0-test', defaultPassword: true }
  assert.deepEqual((await fixture.call('GET', path)).body, expected)
  assert.deepEqual((await fixture.call('GET', path, { token: user.session })).body, expected)
  assert.deepEqual((await fixture.call('GET', path, { headers: { authorization: 'Basic cHJveHk6c2VjcmV0' } })).body, expected)
  assertProblem(await fixture.call('GET', path, { token: 'e'.repeat(32) }), 401, 'TOKEN_INVALID')
})

test('an administrator sees storage, database, threads, schedule, checks and settings', async () => {
  const answer = await fixture.call('GET', path, { token: admin })
  assert.equal(answer.status, 200, answer.text)
  const details = answer.body as InstanceDetails & { name: string }
  assert.equal(details.name, 'Chartroom')
  const { measuredAt, freeDisk, database: bytes, ...space } = details.storage
  assert.deepEqual(space, { charts: 0, compiled: 0, tiles: 4_096, uploads: 0 })
  assert.ok((measuredAt ?? 0) > 0 && (freeDisk ?? 0) > 0 && (bytes ?? 0) > 0)
  assert.deepEqual({ ...details.database, version: '' }, { version: '', kind: 'external', bytes })
  assert.match(details.database.version ?? '', /^\d+\.\d+/)
  assert.deepEqual(details.threads, [{ pool: 'cells', threads: 2, busy: 1, queued: 5 }])
  assert.deepEqual(details.schedule, [{ jobType: 'refresh-public-charts', nextRunAt: 1_800_000_000_000 }])
  assert.equal(details.processes.length, 1)
  const checks = new Map(details.checks.map((check) => [check.name, check]))
  assert.deepEqual([...checks.keys()], ['database', 'disk', 'storage', 'clock', 'source'])
  assert.deepEqual([checks.get('database')?.state, checks.get('clock')?.state], ['ok', 'ok'])
  assert.equal(checks.get('database')?.action, null)
  assert.deepEqual([checks.get('storage')?.state, checks.get('storage')?.action], ['ok', null])
  assert.equal(checks.get('source')?.state, 'failed')
  assert.match(checks.get('source')?.action ?? '', /PUBLIC_CHARTS_URL/)
})

test('a check of the storage leaves no blob', async () => {
  await checkStorage(storage, 60_000)
  assert.deepEqual(await Array.fromAsync(storage.list('')), [])
})

test('a storage that cannot be written fails its check, with what to do', async () => {
  const file = join(folder, 'a-file')
  await writeFile(file, '')
  const parts = { db: database.db, clock: systemClock, dataDir: folder, source: pathToFileURL(folder) }
  const check = (await runChecks({ ...parts, storage: createFolderStore(file) })).find(({ name }) => name === 'storage')
  assert.equal(check?.state, 'failed')
  assert.match(check?.message ?? '', /ENOTDIR|EEXIST/)
  assert.match(check?.action ?? '', /S3_BUCKET/)
})

test('a storage that returns other bytes than it was given fails its check', async () => {
  const forgetful = { put: async () => 64, read: async () => Buffer.alloc(64), delete: async () => true }
  await assert.rejects(checkStorage(forgetful, 60_000), /returns other bytes/)
})

test('a storage that does not answer in time fails its check', async () => {
  const silent = { put: () => new Promise<number>(() => undefined), read: async () => Buffer.alloc(0), delete: async () => true }
  await assert.rejects(checkStorage(silent, 20), /did not answer within 0\.02 seconds/)
})

test('secrets among the settings are only said to be set', async () => {
  const { text, body } = await fixture.call('GET', path, { token: admin })
  const settings = new Map((body as InstanceDetails).settings.map(({ name, value }) => [name, value]))
  assert.equal(settings.get('DATABASE_URL'), 'set')
  assert.equal(settings.get('S63_MANUFACTURER_KEY'), null)
  assert.equal(settings.get('PUBLIC_CHARTS_URL'), 'file:///no/such/folder')
  assert.ok(!text.includes('hidden-'), text)
})

test('figures are kept: a second request does not measure again', async () => {
  const [first, second] = [await fixture.call('GET', path, { token: admin }), await fixture.call('GET', path, { token: admin })]
  const storageOf = (body: unknown) => (body as InstanceDetails).storage
  assert.deepEqual(storageOf(first.body), storageOf(second.body))
})

test('a changed password is no longer the default', async () => {
  const change = { token: admin, json: { password: 'a better one' } }
  assert.equal((await fixture.call('POST', '/api/portal/v1/user/passwordChange', change)).status, 204)
  assert.equal(((await fixture.call('GET', path)).body as { defaultPassword: boolean }).defaultPassword, false)
})

test('the agreement is recorded once, by an administrator, and everyone with a token sees it', async () => {
  const url = '/api/portal/v1/agreements/noaa'
  assertProblem(await fixture.call('GET', url), 401, 'TOKEN_MISSING')
  assert.deepEqual((await fixture.call('GET', url, { token: user.token })).body, { acceptedAt: null, acceptedBy: null })
  assertProblem(await fixture.call('POST', url, { token: user.token, json: { accepted: true } }), 403, 'ADMIN_REQUIRED')
  for (const json of [{}, { accepted: false }, { accepted: 'true' }, { accepted: null }])
    assertProblem(await fixture.call('POST', url, { token: admin, json }), 400, 'VALIDATION_FAILED')
  const first = await fixture.call('POST', url, { token: admin, json: { accepted: true } })
  assert.equal(first.status, 200, first.text)
  const agreement = first.body as { acceptedAt: number; acceptedBy: string }
  assert.equal(agreement.acceptedBy, 'admin')
  assert.ok(agreement.acceptedAt > 1_700_000_000_000)
  assert.deepEqual((await fixture.call('POST', url, { token: admin, json: { accepted: true } })).body, agreement)
  assert.deepEqual((await fixture.call('GET', url, { token: user.token })).body, agreement)
})
