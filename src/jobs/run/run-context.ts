import { strict as assert } from 'node:assert'
import type { Db } from '#db/database.ts'
import { reachDatabase } from '#db/reach-database.ts'
import type { Clock } from '#lib/clock.ts'
import { inSpan } from '#lib/trace.ts'
import type { Faults } from '../model/faults.ts'
import type { JobContext, StepContext } from '../model/job-type.ts'
import type { ClaimedJob } from './claim.ts'
import { createProgress, type Progress } from './progress.ts'
import type { StoredStep } from './run-history.ts'
import { type BegunStep, beginStep, completeStep } from './run-steps.ts'
import type { RunWriter } from './run-writer.ts'
import { createStepContext } from './step-context.ts'

export interface RunContextOptions {
  db: Db
  clock: Clock
  job: ClaimedJob
  /** The job's parameters, parsed by its type. */
  parameters: unknown
  /** The job's steps as earlier attempts left them. */
  steps: readonly StoredStep[]
  writer: RunWriter
  signal: AbortSignal
  endSignal: AbortSignal
  faults?: Faults | undefined
}

/** What a job's handler gets: its steps, log and progress. The claim fences every write. */
export function createRunContext(options: RunContextOptions): JobContext {
  const { job, writer, signal } = options
  return {
    jobId: job.jobId,
    parentJobId: job.parentJobId,
    attempt: job.attempt,
    parameters: options.parameters,
    accountId: job.accountId,
    signal,
    endSignal: options.endSignal,
    log: {
      info: (message) => writer.line('info', message),
      warning: (message) => writer.line('warning', message),
      error: (message) => writer.line('error', message),
    },
    ...createSteps(options),
  }
}

function createSteps(options: RunContextOptions): Pick<JobContext, 'step' | 'openStep'> {
  const { db, clock, job, writer, signal, faults } = options
  const stored = new Map(options.steps.map((step) => [step.name, step]))
  const progress = createProgress(
    [...stored.values()].map((step) => ({ name: step.name, weight: step.weight, done: step.completed ? 1 : 0 })),
    job.percentComplete,
  )
  const show = risingProgress(progress, writer)
  const attributes = { 'chartroom.job.id': job.jobId, 'chartroom.job.type': job.jobType, 'chartroom.job.attempt': job.attempt }
  let current: string | null = null

  function checkMayBegin(name: string): void {
    assert(current === null, `step ${name} was begun inside step ${current}: steps run one after another`)
    signal.throwIfAborted()
  }

  async function inStep<T>(name: string, work: (step: StepContext) => Promise<T>): Promise<T> {
    checkMayBegin(name)
    progress.add(name, 1)
    current = name
    const report = (fraction: number) => {
      progress.set(name, fraction)
      show()
    }
    try {
      const begun: BegunStep = await reachDatabase(clock, () => beginStep(db, job, name))
      await faults?.hit('after-step-begin')
      const context = createStepContext(options, name, begun, report)
      return await inSpan(`step ${name}`, { ...attributes, 'chartroom.step.attempt': begun.attempt }, () => work(context))
    } finally {
      current = null
    }
  }

  return {
    async step<T>(name: string, work: (step: StepContext) => Promise<T>): Promise<T> {
      checkMayBegin(name)
      const earlier = stored.get(name)
      // An earlier attempt stored what the same step returned.
      if (earlier?.completed) return earlier.result as T
      return await inStep(name, async (context) => {
        const value = await work(context)
        // The step's last lines must not be written after its end.
        await writer.flush()
        await faults?.hit('before-step-complete')
        await reachDatabase(clock, () => completeStep(db, job, name, value))
        await faults?.hit('after-step-complete')
        stored.set(name, { ...(earlier ?? newStep(name)), completed: true, result: value })
        progress.set(name, 1)
        show()
        return value
      })
    },
    openStep: inStep,
  }
}

function newStep(name: string): StoredStep {
  return { name, weight: 1, completed: false, result: null, cursor: null }
}

/** Passes the per cent on when it has risen by a whole point. */
function risingProgress(progress: Progress, writer: RunWriter): () => void {
  let shown = progress.percent()
  return () => {
    const percent = progress.percent()
    if (percent <= shown) return
    shown = percent
    writer.percent(percent)
  }
}
