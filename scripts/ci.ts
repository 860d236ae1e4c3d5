// Runs all checks that a change must pass: `npm run ci`. Stops at the first failure.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { freePort } from '#test/free-port.ts'

const root = path.resolve(import.meta.dirname, '..')
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
const tool = (name: string) => path.join(root, 'node_modules', '.bin', name)
const script = (name: string, ...rest: string[]) => [process.execPath, path.join(root, 'scripts', name), ...rest]

const steps: [title: string, command: string[]][] = [
  ['programs of the tests', script('install-test-programs.ts')],
  ['format and lint', [tool('biome'), 'ci', '--error-on-warnings', '.']],
  ['types', script('types.ts')],
  ['generated: S-57 tables', script('generate-s57-tables.ts', '--check')],
  ['generated: S-101 tables', script('generate-s101-tables.ts', '--check')],
  ['generated: names on the page', script('generate-map-names.ts', '--check')],
  ['generated: OpenAPI', script('generate-openapi.ts', '--check')],
  ['generated: types of the API', script('generate-portal-api.ts', '--check')],
  ['generated: table of rooms', script('generate-room-table.ts', '--check')],
  ['tests', [npm, 'test']],
  ['demo', [npm, 'run', 'demo', '--', '--check']],
]

// The demo must not use the charts or the port of a server that runs from this checkout.
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'chartroom-ci-'))
// When started as root, PostgreSQL runs under another account, which must be able to enter.
chmodSync(dataDir, 0o755)
process.on('exit', () => rmSync(dataDir, { recursive: true, force: true }))
const demo = { DATA_DIR: dataDir, PORT: String(await freePort()), DATABASE_URL: '', PUBLIC_CHARTS_URL: '' }

for (const [title, [command, ...rest]] of steps) {
  const started = performance.now()
  console.log(`\n== ${title}`)
  const run = spawnSync(command ?? '', rest, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: title === 'demo' ? { ...process.env, ...demo } : process.env,
  })
  if (run.status !== 0) {
    console.error(`\n${title}: failed`)
    process.exit(run.status ?? 1)
  }
  console.log(`== ${title}: ok (${((performance.now() - started) / 1000).toFixed(1)} s)`)
}
