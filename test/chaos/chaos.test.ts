import assert from 'node:assert/strict'
import { test } from 'node:test'
import { complaints } from './complaints.ts'
import { runChaos } from './run-chaos.ts'

// The short form of `npm run chaos`: a few seconds of it, ended by a restart that takes over at once.

test('workers killed each second, PostgreSQL ended in between: every job ends, every effect is applied once', async (t) => {
  const report = await runChaos({ seed: 7, seconds: 5, jobs: 30, restartEvery: 3, takeOverAtEnd: true }, (line) =>
    t.diagnostic(line),
  )
  assert.ok(report.killed > 0)
  assert.deepEqual(complaints(report), [], JSON.stringify(report, null, 2))
})
