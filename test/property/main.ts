// `npm run property -- --seed N --count 1000`: a longer model-based test of the job store. Runs on its own PostgreSQL, or on that of
// TEST_DATABASE_URL.
import { parseArgs } from 'node:util'
import { prepareTemplate } from '#test/database.ts'
import { startTestServer } from '../../scripts/test-database.ts'
import { runJobStoreProperty } from './run-job-store.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    count: { type: 'string', default: '500' },
    length: { type: 'string', default: '80' },
  },
})
const options = { seed: Number(values.seed), count: Number(values.count), length: Number(values.length) }
if (!Object.values(options).every(Number.isSafeInteger)) {
  console.error('usage: npm run property -- [--seed N] [--count N] [--length N]')
  process.exit(2)
}
const server = await startTestServer()
try {
  process.env['TEST_DATABASE_URL'] = server.url
  await prepareTemplate()
  const started = performance.now()
  await runJobStoreProperty(options)
  const seconds = Math.round((performance.now() - started) / 1000)
  console.log(
    `seed ${options.seed}: ${options.count} sequences of up to ${options.length} operations, ${seconds} s: tables and model agree`,
  )
} finally {
  await server.stop()
}
