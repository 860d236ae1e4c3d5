import type { Db } from '#db/database.ts'

/** A queue a resource class: how many of its jobs run at once means how much processor they may take. */
export const QUEUES = ['import', 'maintenance', 'light'] as const
export type QueueName = (typeof QUEUES)[number]

/** A kind of work the engine can run. The product's types live in src/tasks, one file each. */
export interface JobType<Result extends JobResult = JobResult> {
  /** The `jobType` of the API, in kebab case. */
  name: string
  queue: QueueName
  /** May be started through the API. */
  creatable: boolean
  /** Only one of this type may be pending or running on the instance. */
  exclusive: boolean
  /** Steps known in advance, in order; the weight is the step's share of the job's progress. */
  steps: readonly { name: string; weight: number }[]
  run(job: JobContext): Promise<Result | FanOut>
}

export type JobResult = Record<string, unknown>

/** A job that a parent makes. */
export interface NewChild {
  jobType: string
  parameters: Record<string, unknown>
  /** The parent's, when left out. */
  priority?: number
  /** Share in the parent's progress: 1 when left out. */
  weight?: number
}

/** How a parent's result and end follow from its children. Kept in its row as JSON: whoever ends the last child applies it. */
export interface ChildTotals {
  /** Fields of the result that are numbers: the sum of the completed children's is added to the parent's own. */
  sum: readonly string[]
  /** One of those fields: a child that did not complete, and so has no numbers, counts there with its weight. */
  missing?: string
  /** The parent fails with this message when the summed field has reached the number. */
  failWhen?: { field: string; reaches: number; message: string }
  /** Error lines of a child's last attempt appear in the parent's log too, when the child ends. */
  errors?: boolean
}

/**
 * Returned by a handler instead of a result: the job goes on as its children. They are made in the transaction in which the
 * job begins to wait; it holds no worker while they run, and the last of them to end settles it.
 */
export class FanOut {
  readonly children: readonly NewChild[]
  /** What a child that fails or is cancelled means: `fail` fails the parent too, `report` only counts it in the result. */
  readonly onChildFailure: 'fail' | 'report'
  /** The parent's own part of its result; `children` with the counts is added when it settles. */
  readonly result: JobResult
  readonly totals: ChildTotals | null

  constructor(
    children: readonly NewChild[],
    options: { onChildFailure: 'fail' | 'report'; result?: JobResult; totals?: ChildTotals },
  ) {
    this.children = children
    this.onChildFailure = options.onChildFailure
    this.result = options.result ?? {}
    this.totals = options.totals ?? null
  }
}

/** What a running job sees of itself. Every write behind it is fenced by the claim: a lost claim throws and stops the run. */
export interface JobContext {
  readonly jobId: string
  /** The job that made it as one of its children, or null. */
  readonly parentJobId: string | null
  /** Claims so far, this one included: 1 on the first run. */
  readonly attempt: number
  readonly parameters: Readonly<Record<string, unknown>>
  readonly accountId: number | null
  /** Aborts on cancel, on shutdown and on a lost claim. Pass it to everything that waits. */
  readonly signal: AbortSignal
  /**
   * Aborts when the grace that `signal` gave is over and the job is left behind: what still works for it is to be ended by force.
   * Pass it to worker threads and child processes that cannot stop by themselves.
   */
  readonly endSignal: AbortSignal
  readonly log: JobLog
  /**
   * Runs a step once: when an earlier attempt completed it, returns its stored result without calling `work`. The result is
   * kept in the row as JSON and must stay under 64 KB: counts and ids, never data.
   */
  step<T>(name: string, work: (step: StepContext) => Promise<T>): Promise<T>
  /**
   * Begins a step that the job's children will finish: `work` prepares them, and the step stays running until the job ends.
   * Nothing is stored, so every attempt that gets here calls `work` again.
   */
  openStep<T>(name: string, work: (step: StepContext) => Promise<T>): Promise<T>
}

export interface StepContext {
  /** Attempt of this step: 2 after a crash in the middle of its first run. */
  readonly attempt: number
  /** What an earlier attempt of this step saved, or null. */
  readonly cursor: unknown
  /** Reports how much of this step is done, 0 to 1. Cheap: written at most once a second, never backwards. */
  progress(fraction: number): void
  /** Keeps a bookmark for the next attempt, at once. */
  saveCursor(cursor: unknown): Promise<void>
  /**
   * Runs product writes in one transaction that is refused when the claim is lost, so a worker that was taken for dead writes
   * nothing. The callback may run again after a serialisation failure: no effects outside `trx`.
   */
  transaction<T>(work: (trx: Db) => Promise<T>): Promise<T>
}

/** Lines for the operator: plain sentences, no secrets. Buffered; never fails the job. */
export interface JobLog {
  info(message: string): void
  warning(message: string): void
  error(message: string): void
}
