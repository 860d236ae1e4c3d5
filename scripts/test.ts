// Runs the tests: `npm test [-- files and node:test options]`. Starts one PostgreSQL for the run, migrates the template
// that every test file clones, and hands its address to the test processes.
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import path from 'node:path'
import { prepareTemplate } from '#test/database.ts'
import { startTestServer } from './test-database.ts'

const given = process.argv.slice(2)
const files = given.some((argument) => argument.endsWith('.ts'))
  ? []
  : globSync(['src/**/*.test.ts', 'test/**/*.test.ts']).toSorted()
const server = await startTestServer()
let status = 1
try {
  process.env['TEST_DATABASE_URL'] = server.url
  await prepareTemplate()
  const options = [
    '--test',
    '--test-concurrency=3',
    '--test-timeout=240000',
    '--test-reporter=spec',
    '--disable-warning=ExperimentalWarning',
  ]
  const run = spawnSync(process.execPath, [...options, ...given, ...files], {
    stdio: 'inherit',
    cwd: path.resolve(import.meta.dirname, '..'),
  })
  status = run.status ?? 1
} finally {
  await server.stop()
}
process.exit(status)
