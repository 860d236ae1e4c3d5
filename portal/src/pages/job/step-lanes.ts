import { isActive, type JobSummary, type LogLine, type StepStatus } from '../../api/records.ts'
import type { Stretch } from './time-axis.ts'

/** A stretch of a lane: waiting, running, or an earlier attempt. */
export interface Bar extends Stretch {
  kind: 'waiting' | 'running' | 'earlier'
}

export interface Lane {
  id: string
  stepName: string
  status: StepStatus
  attempt: number
  startedAt: number | null
  endedAt: number | null
  bars: readonly Bar[]
}

export interface Lanes {
  from: number
  to: number
  lanes: readonly Lane[]
  /** When anything ran; the axis does not fold these times. */
  busy: readonly Stretch[]
}

/**
 * The steps of a job as lanes of time.
 * @param lines log lines that are loaded: their attempt numbers tell when earlier attempts ran.
 * @param now the server's time, where running lanes end.
 */
export function stepLanes(job: JobSummary, lines: readonly LogLine[], now: number): Lanes {
  const from = job.createdAt
  const to = job.finishedAt ?? (isActive(job.jobState) ? Math.max(now, job.updatedAt) : job.updatedAt)
  const earlier = earlierAttempts(lines, job.attempt)
  let readyAt = job.createdAt
  const lanes = job.steps.map((step): Lane => {
    const bars: Bar[] = []
    const endedAt = step.completedAt ?? (step.startedAt === null ? null : to)
    if (step.startedAt !== null && step.startedAt > readyAt) bars.push({ kind: 'waiting', from: readyAt, to: step.startedAt })
    else if (
      step.startedAt === null &&
      isActive(job.jobState) &&
      readyAt !== Number.POSITIVE_INFINITY &&
      step === firstWaiting(job)
    ) {
      bars.push({ kind: 'waiting', from: readyAt, to })
    }
    if (step.startedAt !== null) {
      for (const attempt of earlier)
        if (step.attempt > 1 && attempt.to <= step.startedAt) bars.push({ kind: 'earlier', ...attempt })
      bars.push({ kind: 'running', from: step.startedAt, to: endedAt ?? to })
    }
    if (endedAt !== null) readyAt = endedAt
    return {
      id: step.id,
      stepName: step.stepName,
      status: step.status,
      attempt: step.attempt,
      startedAt: step.startedAt,
      endedAt,
      bars,
    }
  })
  const busy = lanes.flatMap(({ bars }) => bars.filter((bar) => bar.kind !== 'waiting'))
  return { from, to, lanes, busy }
}

function firstWaiting(job: JobSummary) {
  return job.steps.find((step) => step.startedAt === null)
}

/** When each earlier attempt wrote its lines. */
function earlierAttempts(lines: readonly LogLine[], present: number): Stretch[] {
  const attempts = new Map<number, Stretch>()
  for (const line of lines) {
    if (line.attempt >= present) continue
    const at = Date.parse(line.timestamp)
    const held = attempts.get(line.attempt)
    attempts.set(
      line.attempt,
      held === undefined ? { from: at, to: at } : { from: Math.min(held.from, at), to: Math.max(held.to, at) },
    )
  }
  return [...attempts.values()]
}
