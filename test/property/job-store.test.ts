import { test } from 'node:test'
import { runJobStoreProperty } from './run-job-store.ts'

// Seeded, so that a failure is the same on every machine. `npm run property -- --seed N --count 1000` looks further.

test('whatever happens to jobs, in whatever order: tables and model agree', async () => {
  await runJobStoreProperty({ seed: 20261, count: 25, length: 60 })
})
