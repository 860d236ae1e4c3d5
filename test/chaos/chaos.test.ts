import assert from 'node:assert/strict'
import { test } from 'node:test'
import { complaints } from './complaints.ts'
import { runChaos } from './run-chaos.ts'

// A few seconds of `npm run chaos`, ended by a restart that takes over at once.

test('with workers killed each second and PostgreSQL restarted, every job completes and every effect is applied once', async (t) => {
  const report = await runChaos({ seed: 7, seconds: 5, jobs: 30, restartEvery: 3, takeOverAtEnd: true }, (line) =>
    t.diagnostic(line),
  )
  assert.ok(report.killed > 0)
  assert.deepEqual(complaints(report), [], JSON.stringify(report, null, 2))
})
