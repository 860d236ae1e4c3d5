import type { Db } from '#db/database.ts'

/** One queue per kind of resource: the number of its jobs that run at once limits the processor time they take. */
export const QUEUES = ['import', 'maintenance', 'light', 'export'] as const
export type QueueName = (typeof QUEUES)[number]

/**
 * A kind of work the engine can run. The product's types live in src/tasks, one file each.
 *
 * The engine holds types as `JobType`, without their parameters' type: it passes to `run` only what the same type's `parse`
 * returned.
 */
export interface JobType<Parameters = unknown, Result extends JobResult = JobResult> {
  /** The `jobType` of the API, in kebab case. */
  name: string
  queue: QueueName
  /** May be started through the API. */
  creatable: boolean
  /** At most one job of this type may be pending or running. */
  exclusive: boolean
  /** Only administrators may cancel or retry a job of this type, also one of their own account; false by default. */
  administrative?: boolean
  /** The steps known in advance, in order; the weight is the step's share of the job's progress. */
  steps: readonly { name: string; weight: number }[]
  /**
   * Reads a job's stored parameters, those of earlier versions included.
   *
   * @throws an error whose message says what is wrong; the job then fails without another try.
   */
  parse(parameters: unknown): Parameters
  run(job: JobContext<Parameters>): Promise<Result | FanOut>
}

/** A job's result, stored as JSON: counts and ids. */
export type JobResult = Record<string, unknown>

/** A child job that a parent starts. */
export interface NewChild {
  jobType: string
  parameters: Record<string, unknown>
  /** Default: the parent's. */
  priority?: number
  /** Share of the parent's progress; default 1. */
  weight?: number
}

/** How a parent's result and final state follow from its children. Stored in its row as JSON: the end of the last child applies it. */
export interface ChildTotals {
  /** Numeric fields of the result: the completed children's values are added to the parent's own. */
  sum: readonly string[]
  /** Path of an object in the result, such as `['sources', 'noaa']`, to whose fields the children's values are added too. */
  within?: readonly string[]
  /** One of those fields: a child that did not complete, and so has no counts, adds its weight to it. */
  missing?: string
  /** The parent fails with this message when the summed field reaches the number. */
  failWhen?: { field: string; reaches: number; message: string }
  /** Copies the error lines of each child's last attempt to the parent's log when the child ends. */
  errors?: boolean
}

/**
 * Returned by a handler instead of a result: the job continues as its children. The transaction that creates them also lets the
 * job wait; it holds no worker meanwhile, and the last child to end settles it.
 */
export class FanOut {
  readonly children: readonly NewChild[]
  /** When a child fails or is cancelled: `fail` fails the parent too, `report` only counts the child in the result. */
  readonly onChildFailure: 'fail' | 'report'
  /** The parent's own part of its result; settling adds `children` with their counts. */
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

/** A running job as its handler sees it. The claim fences every write: when it is lost, the write throws and the run stops. */
export interface JobContext<Parameters = unknown> {
  readonly jobId: string
  /** The job whose child this is, or null. */
  readonly parentJobId: string | null
  /** Claims so far, including this one: 1 on the first run. */
  readonly attempt: number
  /** What the type's `parse` returned. */
  readonly parameters: Parameters
  readonly accountId: number | null
  /** Aborts on a cancel, a shutdown or a lost claim. Pass it to everything that waits. */
  readonly signal: AbortSignal
  /**
   * Aborts when the job has not stopped within its grace and is left behind. Use it to end worker threads and child processes
   * that cannot stop by themselves.
   */
  readonly endSignal: AbortSignal
  readonly log: JobLog
  /**
   * Runs a step once: if an earlier attempt completed it, returns the stored result without calling `work`. The result is stored
   * as JSON of at most 64 KB: counts and ids, never data.
   */
  step<T>(name: string, work: (step: StepContext) => Promise<T>): Promise<T>
  /**
   * Begins a step that the job's children finish: `work` prepares them, and the step stays running until the job ends. It stores
   * no result, so each attempt that gets here calls `work` again.
   */
  openStep<T>(name: string, work: (step: StepContext) => Promise<T>): Promise<T>
}

export interface StepContext {
  /** Attempt of this step: 2 after a crash during its first run. */
  readonly attempt: number
  /** What an earlier attempt of this step saved with `saveCursor`, or null. */
  readonly cursor: unknown
  /** Reports how much of this step is done, from 0 to 1. Written at most once per second; never goes back. */
  progress(fraction: number): void
  /** Saves a bookmark for the next attempt, immediately. At most 64 KB as JSON. */
  saveCursor(cursor: unknown): Promise<void>
  /**
   * Runs product writes in one transaction, which is refused when the claim is lost: a worker presumed dead writes nothing. The
   * callback may run again after a serialisation failure, so it must have no effects outside `trx`.
   */
  transaction<T>(work: (trx: Db) => Promise<T>): Promise<T>
}

/** Log lines for the operator: plain sentences without secrets. Buffered; logging never fails the job. */
export interface JobLog {
  info(message: string): void
  warning(message: string): void
  error(message: string): void
}
