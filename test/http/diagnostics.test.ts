import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { hideSecrets } from '#compose/instance/hide-secrets.ts'
import { loadConfig } from '#config/load-config.ts'
import type { Diagnostics } from '#http/base/instance-service.ts'
import type { JobRecord } from '#jobs/model/job-record.ts'
import type { JobSummary } from '#jobs/model/job-summary.ts'
import { createLog } from '#lib/log.ts'
import { createRecentLines } from '#lib/recent-lines.ts'
import { createFolderStore } from '#storage/folder-store.ts'
import { createTestDatabase } from '#test/database.ts'
import { createTestInstance } from '#test/instance.ts'
import { assertProblem } from './assert-problem.ts'
import { addUser, startFixture } from './server-fixture.ts'

// The file that an administrator sends to others. Every secret of the configuration is planted where one could slip through.

const path = '/api/portal/v1/instance/diagnostics'
const SECRETS = {
  databasePassword: 'p%40ss-of-database',
  secretKey: `${'c0ffee'.repeat(10)}beef`,
  passphrase: 'the passphrase of backups',
  token: 'fedcba9876543210fedcba9876543210',
  accessKey: 'ACCESSKEYOFBUCKET',
  bucketKey: 'secret/Key+of/bucket',
  manufacturer: '98765',
  hardware: 'hw4rd',
  admin: 'first-password',
  signature: 'signature-of-catalogue',
  collector: 'password-of-collector',
}
const environment = {
  DATABASE_URL: `postgresql://chart:${SECRETS.databasePassword}@db.example/charts`,
  SECRET_KEY: SECRETS.secretKey,
  BACKUP_PASSPHRASE: SECRETS.passphrase,
  PROVISIONING_DEFAULT_TOKEN: SECRETS.token,
  S3_BUCKET: 'charts',
  S3_ENDPOINT: 'https://s3.example',
  S3_ACCESS_KEY_ID: SECRETS.accessKey,
  S3_SECRET_ACCESS_KEY: SECRETS.bucketKey,
  S63_MANUFACTURER_ID: '10',
  S63_MANUFACTURER_KEY: SECRETS.manufacturer,
  S63_HARDWARE_ID: SECRETS.hardware,
  INITIAL_ADMIN_PASSWORD: SECRETS.admin,
  PUBLIC_CHARTS_URL: `https://charts.invalid/ENCProdCat.xml?sv=${SECRETS.signature}`,
  OTEL_EXPORTER_OTLP_ENDPOINT: `https://user:${SECRETS.collector}@otel.example`,
}
/** As they are written, and as a library may show them. */
const forms = Object.values(SECRETS).flatMap((secret) => [secret, decodeURIComponent(secret), secret.toUpperCase()])
const leak = `could not connect: ${forms.join(' ')}`

const failed = {
  ...{ id: '0199d5a0-0000-7000-8000-000000000001', jobType: 'refresh-public-charts', createdAt: 1, finishedAt: 2, attempt: 3 },
  error: { name: 'Error', message: leak },
} as JobSummary
const record = {
  id: failed.id,
  logs: [
    { timestamp: '2026-01-15T08:00:10.000+00:00', type: 'info', message: 'a plain message' },
    { timestamp: '2026-01-15T08:00:11.000+00:00', type: 'error', message: leak },
  ],
} as unknown as JobRecord

const recentLog = createRecentLines()
const log = createLog('info', { write: () => undefined }, recentLog)
const database = await createTestDatabase()
const folder = await mkdtemp(join(tmpdir(), 'chartroom-diagnostics-'))
const fixture = await startFixture({
  instance: createTestInstance(
    {
      ...{ db: database.db, storage: createFolderStore(join(folder, 'blobs')), recentLog },
      jobs: {
        list: async () => ({ jobs: [record], total: 1 }),
        listSummaries: async () => ({ jobs: [failed], total: 1 }),
      },
    },
    environment,
  ),
})
after(async () => {
  await fixture[Symbol.asyncDispose]()
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

test('the diagnostics contain what helps, and none of a dozen planted secrets', async () => {
  log.error({ err: new Error(leak), address: environment.DATABASE_URL }, leak)
  const answer = await fixture.call('GET', path, { token: await fixture.adminSession() })
  assert.equal(answer.status, 200, answer.text)
  for (const secret of forms) assert.ok(!answer.text.includes(secret), `${secret} is in the file`)

  const { version, system, instance, jobs, log: lines, ...rest } = answer.body as Diagnostics
  assert.match(version, /^\d+\./)
  assert.match(system.node, /^v\d+/)
  assert.ok(rest.writtenAt > 1_700_000_000_000)
  const settings = new Map(instance.settings.map(({ name, value }) => [name, value]))
  assert.equal(settings.get('SECRET_KEY'), 'set')
  assert.equal(settings.get('PUBLIC_CHARTS_URL'), 'https://charts.invalid/ENCProdCat.xml')
  assert.deepEqual(
    instance.checks.map(({ name }) => name),
    ['database', 'disk', 'storage', 'clock', 'source'],
  )
  assert.equal(instance.processes.length, 1)
  const [job] = jobs.lastFailed
  assert.deepEqual([job?.jobType, job?.attempt, job?.log.length], ['refresh-public-charts', 3, 1])
  assert.match(job?.error?.message ?? '', /^could not connect: \[redacted\]/)
  assert.match(String(lines?.at(-1)?.['msg']), /^could not connect: /)
})

test('the diagnostics come as a file, only to administrators', async () => {
  const answer = await fixture.call('GET', path, { token: await fixture.adminSession() })
  assert.match(
    answer.headers.get('content-disposition') ?? '',
    /^attachment; filename="chartroom-diagnostics-\d{4}-\d\d-\d\d\.json"$/,
  )
  const mate = await addUser(fixture, 'mate')
  assertProblem(await fixture.call('GET', path, { token: mate.session }), 403, 'ADMIN_REQUIRED')
})

test('the password that everyone knows hides nothing', () => {
  const config = loadConfig({ DATA_DIR: folder })
  assert.deepEqual(hideSecrets({ user: 'admin', said: 'the administrator is admin' }, config), {
    user: 'admin',
    said: 'the administrator is admin',
  })
})
