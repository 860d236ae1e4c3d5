import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jobRecord } from '../../api/job-record.test-data.ts'
import type { JobStep, LogLine } from '../../api/records.ts'
import { stepLanes } from './step-lanes.ts'

const step = (stepName: string, changes: Partial<JobStep>): JobStep => ({
  id: stepName,
  jobId: 'job',
  stepName,
  status: 'completed',
  startedAt: null,
  completedAt: null,
  result: null,
  error: null,
  attempt: 1,
  ...changes,
})

test('a lane shows how long a step waited and ran', () => {
  const steps = [step('a', { startedAt: 2_000, completedAt: 5_000 }), step('b', { status: 'running', startedAt: 5_000 })]
  const { lanes, from, to } = stepLanes(jobRecord({ createdAt: 1_000, jobState: 'running', startedAt: 2_000, steps }), [], 9_000)
  assert.deepEqual([from, to], [1_000, 9_000])
  assert.deepEqual(lanes[0]?.bars, [
    { kind: 'waiting', from: 1_000, to: 2_000 },
    { kind: 'running', from: 2_000, to: 5_000 },
  ])
  assert.deepEqual(lanes[1]?.bars, [{ kind: 'running', from: 5_000, to: 9_000 }])
})

test('a pending job waits in the lane of its first step only', () => {
  const steps = [step('a', { status: 'pending' }), step('b', { status: 'pending' })]
  const { lanes, busy } = stepLanes(jobRecord({ createdAt: 1_000, steps }), [], 4_000)
  assert.deepEqual(
    lanes.map((lane) => lane.bars.length),
    [1, 0],
  )
  assert.deepEqual(busy, [])
})

test('earlier attempts come from the attempt numbers of the log', () => {
  const line = (seq: number, attempt: number, ms: number): LogLine => ({
    seq,
    attempt,
    timestamp: new Date(ms).toISOString(),
    type: 'info',
    message: '',
  })
  const steps = [step('a', { status: 'running', startedAt: 8_000, attempt: 2 })]
  const job = jobRecord({ createdAt: 1_000, jobState: 'running', attempt: 2, steps })
  const { lanes } = stepLanes(job, [line(1, 1, 2_000), line(2, 1, 3_000), line(3, 2, 8_100)], 9_000)
  assert.deepEqual(
    lanes[0]?.bars.filter((bar) => bar.kind === 'earlier'),
    [{ kind: 'earlier', from: 2_000, to: 3_000 }],
  )
})
