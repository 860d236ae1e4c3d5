import type { JobSummary } from './records.ts'

/** A record for unit tests: a pending refresh, with what the test names changed. */
export function jobRecord(changes: Partial<JobSummary> = {}): JobSummary {
  return {
    id: '0190a000-0000-7000-8000-000000000001',
    parentJobId: null,
    jobType: 'refresh-public-charts',
    jobState: 'pending',
    accountId: null,
    parameters: {},
    result: null,
    percentComplete: 0,
    priority: 0,
    createdAt: 1_000,
    updatedAt: 1_000,
    steps: [],
    startedAt: null,
    finishedAt: null,
    cancelRequestedAt: null,
    attempt: 0,
    waitingReason: null,
    error: null,
    children: { pending: 0, running: 0, completed: 0, failed: 0, cancelled: 0 },
    startedBy: null,
    ...changes,
  }
}
