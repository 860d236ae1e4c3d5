// Runs the tests: `npm test [-- files, folders and node:test options]`; `--all` adds the long ones. Starts one PostgreSQL for the run, migrates the template that every
// test file clones, and passes its address to the test processes.
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { prepareTemplate } from '#test/database.ts'
import { LONG_TESTS } from './long-tests.ts'
import { readTestArguments } from './test-arguments.ts'
import { startTestServer } from './test-database.ts'

// node:test would take a folder for a module.
const run = readTestArguments(process.argv.slice(2), (folder) => globSync(`${folder}/**/*.test.ts`).toSorted())
const everything = globSync(['src/**/*.test.ts', 'portal/src/**/*.test.ts', 'test/**/*.test.ts']).toSorted()
const files = run.files ?? everything.filter((file) => run.runsAll || !LONG_TESTS.includes(file))
const server = await startTestServer()
let status = 1
try {
  process.env['TEST_DATABASE_URL'] = server.url
  await prepareTemplate()
  // Two more than cores, because many tests wait for a process, a disk or a time limit. The timeout only ends a test that hangs.
  const concurrency = Math.min(os.availableParallelism() + 2, 8)
  const options = [
    '--test',
    `--test-concurrency=${concurrency}`,
    '--test-timeout=600000',
    '--disable-warning=ExperimentalWarning',
  ]
  if (!run.options.some((option) => option.startsWith('--test-reporter'))) {
    for (const reporter of ['spec', path.join(import.meta.dirname, 'slowest-files.ts')]) {
      options.push(`--test-reporter=${reporter}`, '--test-reporter-destination=stdout')
    }
  }
  const ended = spawnSync(process.execPath, [...options, ...run.options, ...files], {
    stdio: 'inherit',
    cwd: path.resolve(import.meta.dirname, '..'),
  })
  status = ended.status ?? 1
} finally {
  await server.stop()
}
process.exit(status)
