// The job engine's rules as a simple model in memory: what the tables must hold after each call. It shares no code with src/jobs,
// so that both cannot be wrong in the same way.

export type State = 'pending' | 'running' | 'completed' | 'failed' | 'cancelled'
export type StepState = 'pending' | 'running' | 'completed' | 'failed' | 'skipped' | 'cancelled'

export interface ModelJob {
  id: string
  parent: ModelJob | null
  children: ModelJob[]
  state: State
  attempt: number
  tries: number
  delivery: number
  waiting: boolean
  open: number
  failed: number
  onChildFailure: 'fail' | 'report' | null
  cancelRequested: boolean
  exclusive: boolean
  priority: number
  percent: number
  steps: StepState[]
  /** Steps that have started, and those that have their own error. */
  begun: Set<number>
  erred: Set<number>
  lines: number
}

/** A job's queue entry. `number` is that of the active delivery, or of the last one. */
export interface Entry {
  active: boolean
  number: number
  delivered: boolean
  order: number
}

/** A run's right to write. */
export interface ModelClaim {
  job: ModelJob
  attempt: number
  number: number
}

export const STEPS = 2
const ended = (job: ModelJob) => job.state !== 'pending' && job.state !== 'running'

export class JobModel {
  readonly jobs: ModelJob[] = []
  readonly queue = new Map<ModelJob, Entry>()
  #order = 0

  holds(claim: ModelClaim): boolean {
    return claim.job.attempt === claim.attempt && claim.job.state === 'running' && !claim.job.waiting
  }

  exclusiveActive(but: readonly ModelJob[] = []): boolean {
    return this.jobs.some((job) => job.exclusive && !ended(job) && !but.includes(job))
  }

  create(id: string, priority: number, exclusive: boolean, parent: ModelJob | null = null): ModelJob {
    const job: ModelJob = {
      id,
      parent,
      children: [],
      state: 'pending',
      attempt: 0,
      tries: 0,
      delivery: -1,
      waiting: false,
      open: 0,
      failed: 0,
      onChildFailure: null,
      cancelRequested: false,
      exclusive,
      priority,
      percent: 0,
      steps: Array.from({ length: STEPS }, () => 'pending' as const),
      begun: new Set(),
      erred: new Set(),
      lines: 0,
    }
    parent?.children.push(job)
    this.jobs.push(job)
    this.queue.set(job, { active: false, number: 0, delivered: false, order: this.#order++ })
    return job
  }

  /** The job that the queue must deliver next: the oldest of those with the highest priority. */
  next(): ModelJob | undefined {
    const waiting = [...this.queue].filter(([, entry]) => !entry.active)
    return waiting.toSorted((a, b) => b[0].priority - a[0].priority || a[1].order - b[1].order)[0]?.[0]
  }

  deliver(job: ModelJob): number {
    const entry = this.queue.get(job) as Entry
    entry.active = true
    entry.number += entry.delivered ? 1 : 0
    entry.delivered = true
    return entry.number
  }

  claim(job: ModelJob, number: number): ModelClaim | null {
    if (ended(job) || job.waiting || job.delivery >= number) return null
    job.state = 'running'
    job.attempt++
    job.tries++
    job.delivery = number
    return { job, attempt: job.attempt, number }
  }

  /** The worker fell silent and its lease has expired. */
  lapse(job: ModelJob): void {
    const entry = this.queue.get(job)
    if (entry) entry.active = false
  }

  endDelivery(job: ModelJob, number: number): void {
    const entry = this.queue.get(job)
    if (entry?.active && entry.number === number) this.queue.delete(job)
  }

  settle(claim: ModelClaim, state: 'completed' | 'failed' | 'cancelled'): void {
    const { job } = claim
    const as = state === 'failed' && job.cancelRequested ? 'cancelled' : state
    this.#end(job, as)
    this.endDelivery(job, claim.number)
    if (job.parent) this.#childEnded(job.parent, as !== 'completed')
  }

  putBack(claim: ModelClaim, counts: boolean): void {
    const { job } = claim
    if (!counts) job.tries--
    if (job.cancelRequested) {
      this.settle(claim, 'cancelled')
      return
    }
    job.state = 'pending'
    for (const [index, step] of job.steps.entries()) if (counts && step === 'running') job.erred.add(index)
    this.#steps(job, (step) => (step === 'running' ? (counts ? 'failed' : 'pending') : step))
    const entry = this.queue.get(job)
    if (entry?.active && entry.number === claim.number) entry.active = false
  }

  fanOut(claim: ModelClaim, ids: readonly string[], onChildFailure: 'fail' | 'report'): void {
    const { job } = claim
    Object.assign(job, { waiting: true, open: ids.length, failed: 0, onChildFailure })
    for (const id of ids) this.create(id, job.priority, false, job)
    this.endDelivery(job, claim.number)
  }

  cancel(job: ModelJob): void {
    const tree = this.#below(job)
    for (const each of tree) if (each.state === 'running') each.cancelRequested = true
    const pending = tree.filter((each) => each.state === 'pending')
    for (const each of pending) {
      each.cancelRequested = true
      each.lines++
      this.#end(each, 'cancelled')
      this.queue.delete(each)
    }
    for (const each of pending) if (each.parent) this.#childEnded(each.parent, true)
  }

  /** The error code of the refusal, or null when the job is retried. */
  retry(job: ModelJob, fromStep: number | null): string | null {
    if (!ended(job)) return 'JOB_ACTIVE'
    if (job.state === 'completed') return 'JOB_COMPLETED'
    if (fromStep !== null && job.children.length > 0) return 'JOB_STEP_UNKNOWN'
    const reopened = [...this.#below(job), ...this.#ancestors(job)].filter(
      (each) => ended(each) && (each.state !== 'completed' || this.#below(each).includes(job)),
    )
    if (reopened.some((each) => each.exclusive) && this.exclusiveActive(reopened)) return 'JOB_TYPE_ACTIVE'
    let child = job
    for (const parent of this.#ancestors(job)) {
      const wasOpen = !ended(parent)
      parent.failed = parent.children.filter((each) => each !== child && this.#failed(each)).length
      if (wasOpen) {
        parent.open++
        break
      }
      Object.assign(parent, { state: 'running', waiting: true, open: 1, cancelRequested: false })
      this.#reopenSteps(parent)
      child = parent
    }
    this.#reopenTree(job, fromStep)
    return null
  }

  /** Jobs that are missing from the queue. */
  lost(): ModelJob[] {
    return this.jobs.filter((job) => !ended(job) && !job.waiting && !this.queue.has(job))
  }

  reconcile(): void {
    for (const job of this.lost()) {
      if (job.cancelRequested) {
        job.lines++
        this.#end(job, 'cancelled')
        if (job.parent) this.#childEnded(job.parent, true)
      } else {
        job.state = 'pending'
        this.#steps(job, (step) => (step === 'running' ? 'pending' : step))
        job.lines++
        this.#sendAgain(job)
      }
    }
  }

  #sendAgain(job: ModelJob): void {
    this.queue.set(job, { active: false, number: job.delivery + 1, delivered: false, order: this.#order++ })
  }

  #reopenTree(job: ModelJob, fromStep: number | null): void {
    if (job.children.length === 0) {
      Object.assign(job, { state: 'pending', tries: 0, cancelRequested: false })
      job.steps = job.steps.map((step, index) =>
        step !== 'completed' || (fromStep !== null && index >= fromStep) ? 'pending' : step,
      )
      for (const [index, step] of job.steps.entries()) {
        if (step !== 'pending') continue
        job.begun.delete(index)
        job.erred.delete(index)
      }
      job.percent = Math.floor((99 * job.steps.filter((step) => step === 'completed').length) / STEPS)
      this.#sendAgain(job)
      return
    }
    const again = job.children.filter((child) => child.state !== 'completed')
    Object.assign(job, { state: 'running', waiting: true, open: again.length, failed: 0, cancelRequested: false })
    this.#reopenSteps(job)
    for (const child of again) this.#reopenTree(child, null)
    if (again.length === 0) this.#settleWaiting(job)
  }

  /** Restores a parent's steps to what they were while it waited. */
  #reopenSteps(job: ModelJob): void {
    job.steps = job.steps.map((step, index) => {
      if (step === 'cancelled' || step === 'skipped' || (step === 'failed' && !job.erred.has(index)))
        return job.begun.has(index) ? 'running' : 'pending'
      return step
    })
  }

  #childEnded(parent: ModelJob, unsuccessful: boolean): void {
    if (parent.state !== 'running') return
    parent.open--
    if (unsuccessful) parent.failed++
    if (parent.waiting && parent.open <= 0) this.#settleWaiting(parent)
  }

  #settleWaiting(parent: ModelJob): void {
    const failed = parent.onChildFailure === 'fail' && parent.children.some((child) => this.#failed(child))
    const state = parent.cancelRequested ? 'cancelled' : failed ? 'failed' : 'completed'
    if (state !== 'completed') parent.lines++
    Object.assign(parent, { waiting: false, open: 0 })
    this.#end(parent, state)
    if (parent.parent) this.#childEnded(parent.parent, state !== 'completed')
  }

  #end(job: ModelJob, state: 'completed' | 'failed' | 'cancelled'): void {
    job.state = state
    if (state === 'completed') job.percent = 100
    this.#steps(job, (step) => {
      if (step === 'running') return state
      if (step === 'failed' && state === 'completed') return 'skipped'
      return step === 'pending' ? (state === 'cancelled' ? 'cancelled' : 'skipped') : step
    })
  }

  #steps(job: ModelJob, change: (step: StepState) => StepState): void {
    job.steps = job.steps.map(change)
  }

  #failed(job: ModelJob): boolean {
    return job.state === 'failed' || job.state === 'cancelled'
  }

  #below(job: ModelJob): ModelJob[] {
    return [job, ...job.children.flatMap((child) => this.#below(child))]
  }

  #ancestors(job: ModelJob): ModelJob[] {
    return job.parent === null ? [] : [job.parent, ...this.#ancestors(job.parent)]
  }
}
