// Everything that must hold before a change lands: `npm run ci`. Stops at the first thing that does not.
import { spawnSync } from 'node:child_process'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
const tool = (name: string) => path.join(root, 'node_modules', '.bin', name)
const script = (name: string, ...rest: string[]) => [process.execPath, path.join(root, 'scripts', name), ...rest]

const steps: [title: string, command: string[]][] = [
  ['format and lint', [tool('biome'), 'ci', '--error-on-warnings', '.']],
  ['types', [tool('tsc'), '--noEmit']],
  ['generated: S-57 tables', script('generate-s57-tables.ts', '--check')],
  ['generated: OpenAPI', script('generate-openapi.ts', '--check')],
  ['tests', [npm, 'test']],
  ['demo', [npm, 'run', 'demo', '--', '--check']],
]

for (const [title, [command, ...rest]] of steps) {
  const started = performance.now()
  console.log(`\n== ${title}`)
  const run = spawnSync(command ?? '', rest, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  if (run.status !== 0) {
    console.error(`\n${title}: failed`)
    process.exit(run.status ?? 1)
  }
  console.log(`== ${title}: ok (${((performance.now() - started) / 1000).toFixed(1)} s)`)
}
