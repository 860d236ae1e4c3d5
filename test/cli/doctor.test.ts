import assert from 'node:assert/strict'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { sql } from 'kysely'
import { diagnose } from '#compose/doctor/diagnose.ts'
import type { Finding } from '#compose/doctor/finding.ts'
import { loadConfig } from '#config/load-config.ts'
import type { Environment } from '#config/settings-reader.ts'
import type { Clock } from '#lib/clock.ts'
import { systemClock } from '#lib/clock.ts'
import { silentLog } from '#lib/log.ts'
import { createSigner } from '#s100/writer/data-server.ts'
import { createEmptyDatabase, createTestDatabase } from '#test/database.ts'
import { freePort } from '#test/free-port.ts'
import { runChartroom } from '#test/server-process.ts'

// Broken set-ups, each with one fault: the doctor names it, says what to do, and finds nothing else.

const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-doctor-'))
await chmod(folder, 0o755)
const database = await createTestDatabase()
const catalogue = path.join(folder, 'ENCProdCat.xml')
await writeFile(catalogue, '<EncProductCatalog/>')
after(async () => {
  await database.close()
  await rm(folder, { recursive: true, force: true })
})

let setUps = 0

/** A set-up without faults, for a server that is stopped. */
async function setUp(): Promise<{ env: Environment; dataDir: string }> {
  const dataDir = path.join(folder, `data-${setUps++}`)
  await mkdir(dataDir)
  await writeFile(path.join(dataDir, 'secret.key'), Buffer.alloc(32, 7), { mode: 0o600 })
  const env = {
    HOST: '127.0.0.1',
    PORT: String(await freePort()),
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    PUBLIC_CHARTS_URL: pathToFileURL(catalogue).href,
  }
  return { env, dataDir }
}

async function examine(env: Environment, clock?: Clock): Promise<Finding[]> {
  return await diagnose(loadConfig(env), { log: silentLog(), ...(clock === undefined ? {} : { clock }) })
}

/** The only finding that is not in order. */
function fault(findings: readonly Finding[]): Finding {
  const faults = findings.filter(({ state }) => state !== 'ok' && state !== 'skipped')
  assert.equal(faults.length, 1, JSON.stringify(faults))
  const [found] = faults
  assert.ok(found !== undefined && found.action !== null && found.action.length > 10)
  return found
}

test('the doctor finds no fault in a set-up without one', async () => {
  const { env } = await setUp()
  const findings = await examine(env)
  assert.deepEqual(
    findings.filter(({ state }) => state !== 'ok'),
    [],
  )
  assert.equal(findings.length, 13)
})

test('1: a data directory that is a file', async () => {
  const { env } = await setUp()
  const found = fault(await examine({ ...env, DATA_DIR: catalogue }))
  assert.equal(found.name, 'data directory')
  assert.match(found.message, /ENCProdCat\.xml is a file/)
  assert.match(found.action ?? '', /DATA_DIR/)
})

test('2: a damaged secret key', async () => {
  const { env, dataDir } = await setUp()
  await writeFile(path.join(dataDir, 'secret.key'), 'short')
  const found = fault(await examine(env))
  assert.equal(found.name, 'secret key')
  assert.match(found.message, /5 bytes instead of 32/)
  assert.match(found.action ?? '', /backup/)
})

test('3: a database that does not answer', async () => {
  const { env } = await setUp()
  const port = await freePort()
  const found = fault(await examine({ ...env, DATABASE_URL: `postgresql://chart:secret@127.0.0.1:${port}/chartroom` }))
  assert.equal(found.name, 'database')
  assert.match(found.message, /could not be reached/)
  assert.doesNotMatch(found.message, /secret/)
  assert.match(found.action ?? '', /Start PostgreSQL, or correct DATABASE_URL/)
})

test('4: a database of a newer version', async () => {
  const { env } = await setUp()
  await using newer = await createTestDatabase()
  await sql`insert into schema_migration (name, timestamp) values ('9999-later', '2030-01-01T00:00:00Z')`.execute(newer.db)
  const found = fault(await examine({ ...env, DATABASE_URL: newer.url }))
  assert.equal(found.name, 'schema')
  assert.equal(found.state, 'failed')
  assert.match(found.message, /newer Chartroom \(9999-later\)/)
})

test('5: a schema that has not been migrated', async () => {
  const { env } = await setUp()
  await using empty = await createEmptyDatabase()
  const found = fault(await examine({ ...env, DATABASE_URL: empty.url }))
  assert.equal(found.name, 'schema')
  assert.match(found.message, /migrations from 0001-first-light on are not applied/)
  assert.match(found.action ?? '', /chartroom migrate/)
})

test('6: a clock that has lost the time', async () => {
  const { env } = await setUp()
  const found = fault(await examine(env, { ...systemClock, now: () => Date.UTC(1970, 0, 2) }))
  assert.equal(found.name, 'clock')
  assert.match(found.message, /shows 1970-01-02/)
  assert.match(found.action ?? '', /NTP/)
})

test('7: a clock that differs from that of the database', async () => {
  const { env } = await setUp()
  const found = fault(await examine(env, { ...systemClock, now: () => Date.now() + 3_600_000 }))
  assert.equal(found.name, 'clock')
  assert.match(found.message, /differ by 3600 seconds/)
})

test('8: a source that is not there', async () => {
  const { env } = await setUp()
  const found = fault(await examine({ ...env, PUBLIC_CHARTS_URL: pathToFileURL(path.join(folder, 'gone.xml')).href }))
  assert.equal(found.name, 'source')
  assert.equal(found.state, 'failed')
  assert.match(found.action ?? '', /PUBLIC_CHARTS_URL/)
})

test('9: a source on the network that does not answer is a warning', async () => {
  const { env } = await setUp()
  const port = await freePort()
  const found = fault(await examine({ ...env, PUBLIC_CHARTS_URL: `http://127.0.0.1:${port}/ENCProdCat.xml` }))
  assert.equal(found.name, 'source')
  assert.equal(found.state, 'warning')
})

test('10: a storage that cannot be written', async () => {
  const { env, dataDir } = await setUp()
  await writeFile(path.join(dataDir, 'blobs'), 'in the way')
  const found = fault(await examine(env))
  assert.equal(found.name, 'storage')
  assert.match(found.action ?? '', /DATA_DIR\/blobs/)
})

test('11: a compiled cell whose file is missing', async () => {
  const { env } = await setUp()
  await using other = await createTestDatabase()
  await sql`
    insert into cell (id, name, source, edition, update_number, producer, usage_band, compilation_scale, coverage, west, south, east,
      north, feature_count, features_by_class, warnings, blob_key, byte_size, compiled_key)
    values (gen_random_uuid(), 'XX5DEMOA', 'noaa', 1, 0, 550, 5, 12000, '{}', 0, 0, 1, 1, 1, '{}', '[]', 'public/XX5DEMOA/1.0.zip', 1,
      'compiled/ab/ab.cell')
  `.execute(other.db)
  const found = fault(await examine({ ...env, DATABASE_URL: other.url }))
  assert.equal(found.name, 'compiled cells')
  assert.match(found.message, /1 of 1 cells is missing: XX5DEMOA/)
})

test('12: an S-63 authority that cannot be read', async () => {
  const { env } = await setUp()
  const identity = { S63_MANUFACTURER_ID: '10', S63_MANUFACTURER_KEY: '98765', S63_HARDWARE_ID: '12345' }
  const found = fault(await examine({ ...env, ...identity, S63_AUTHORITY_FILE: path.join(folder, 'IHO.CRT') }))
  assert.equal(found.name, 'S-63 identity')
  assert.match(found.message, /IHO\.CRT/)
  assert.match(found.action ?? '', /S63_AUTHORITY_FILE/)
})

test('signatures of S-100 that cannot be verified as the settings ask', async () => {
  const { env } = await setUp()
  const unverified = fault(await examine({ ...env, S100_SIGNATURES: 'require' }))
  assert.equal(unverified.name, 'S-100 signatures')
  assert.match(unverified.message, /no authority is set: every S-101 chart is refused/)
  assert.match(unverified.action ?? '', /S100_AUTHORITY_FILE/)
  const file = path.join(folder, 'scheme.crt')
  await writeFile(file, 'not a certificate')
  const unreadable = fault(await examine({ ...env, S100_AUTHORITY_FILE: file }))
  assert.equal(unreadable.name, 'S-100 signatures')
  assert.match(unreadable.message, /Scheme\.crt: the file is not an X\.509 certificate/)
  assert.match(unreadable.action ?? '', /S100_AUTHORITY_FILE/)
})

test('an S-100 authority that the settings leave unused is a warning, and one that is used is in order', async () => {
  const { env } = await setUp()
  const file = path.join(folder, 'IHO-scheme.crt')
  await writeFile(file, createSigner({ id: 'IHO' }).certificate)
  const unused = fault(await examine({ ...env, S100_AUTHORITY_FILE: file, S100_SIGNATURES: 'off' }))
  assert.equal(unused.state, 'warning')
  assert.match(unused.message, /IHO-scheme\.crt is set, but S100_SIGNATURES is off/)
  const findings = await examine({ ...env, S100_AUTHORITY_FILE: file, PREFER_STANDARD: 's57' })
  const used = findings.find(({ name }) => name === 'S-100 signatures')
  assert.equal(used?.state, 'ok')
  assert.match(used?.message ?? '', /IHO-scheme\.crt verifies the signatures.*the S-57 cell is drawn/)
})

test('13: a port that another program has', async () => {
  const { env } = await setUp()
  const other = createServer((socket) => socket.end('220 mail\r\n')).listen(Number(env['PORT']), '127.0.0.1')
  await once(other, 'listening')
  try {
    const found = fault(await examine(env))
    assert.equal(found.name, 'port')
    assert.match(found.message, /Another program listens/)
    assert.match(found.action ?? '', /PORT/)
  } finally {
    other.close()
  }
})

test('14: settings that cannot be used', async () => {
  const { env } = await setUp()
  const { code, output } = await runChartroom({ ...(env as Record<string, string>), PORT: 'harbour', LOG_LEVEL: 'loud' }, [
    'doctor',
    '--json',
  ])
  assert.equal(code, 1)
  const { findings } = JSON.parse(output) as { findings: Finding[] }
  assert.deepEqual(
    findings.map(({ name, state }) => [name, state]),
    [
      ['settings', 'failed'],
      ['settings', 'failed'],
    ],
  )
  assert.match(findings[0]?.message ?? '', /PORT is "harbour"/)
})
