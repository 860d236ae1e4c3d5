import { test } from 'node:test'
import { runJobStoreProperty } from './run-job-store.ts'

// Seeded, so that failures repeat on every machine. `npm run property -- --seed N --count 1000` searches further.

test('tables and model agree after any sequence of operations on jobs', async () => {
  await runJobStoreProperty({ seed: 20261, count: 25, length: 60 })
})
