import type { JobSummary } from '../api/records.ts'
import { createObservable, type Observable } from '../lib/observable.ts'
import type { JobStore } from './job-store.ts'
import { arrive, EMPTY_SNAPSHOT, type Snapshot, settle, withdraw } from './snapshot-list.ts'

export interface JobListState extends Snapshot {
  status: 'loading' | 'ready' | 'error'
  /** Why the last reading failed; rows read before stay. */
  error: unknown
  /** Jobs that matched when the list was read, over all pages. */
  total: number
  hasOlder: boolean
  loadingOlder: boolean
}

interface JobListRowsOptions {
  store: JobStore
  belongs(job: JobSummary): boolean
  immediate: boolean
}

/** The rows of a job list, which follow the changes of the store by the rules of a snapshot. */
export interface JobListRows {
  state: Observable<JobListState>
  update(change: Partial<JobListState>): void
  /** Changes the rows, and shows arrivals at once where nothing can move under the pointer. */
  take(change: (list: Snapshot) => Snapshot): void
  belongsById(id: string): boolean
  /** Stops following the store. */
  stop(): void
}

export function createJobListRows({ store, belongs, immediate }: JobListRowsOptions): JobListRows {
  const state = createObservable<JobListState>({
    ...EMPTY_SNAPSHOT,
    status: 'loading',
    error: null,
    total: 0,
    hasOlder: false,
    loadingOlder: false,
  })

  const update = (change: Partial<JobListState>): void => state.set({ ...state.get(), ...change })
  const belongsById = (id: string): boolean => {
    const job = store.get(id)
    return job !== undefined && belongs(job)
  }

  function take(change: (list: Snapshot) => Snapshot): void {
    const before = state.get()
    const after = change(before)
    // With nothing on screen, nothing can move, so arrivals need not wait.
    const next = immediate || after.shown.length === 0 ? settle(after, immediate ? belongsById : () => true) : after
    if (next.shown !== before.shown || next.fresh !== before.fresh) update({ shown: next.shown, fresh: next.fresh })
  }

  /** A job older than the last row belongs to a page that has not been read yet. */
  function inReach(job: JobSummary): boolean {
    const last = state.get().shown.at(-1)
    const oldest = last === undefined ? undefined : store.get(last)
    return !state.get().hasOlder || oldest === undefined || job.createdAt > oldest.createdAt
  }

  const stop = store.onChange((changed) => {
    if (state.get().status === 'loading') return
    take((list) =>
      changed.reduce((now, job) => (belongs(job) && inReach(job) ? arrive(now, job.id) : withdraw(now, job.id)), list),
    )
    if (immediate) take((list) => settle(list, belongsById))
  })

  return { state, update, take, belongsById, stop }
}
