import type { JobPage, JobSummary } from '../api/records.ts'
import { createObservable } from '../lib/observable.ts'
import type { JobStore } from './job-store.ts'
import { append, arrive, EMPTY_SNAPSHOT, merge, reveal, type Snapshot, settle, withdraw } from './snapshot-list.ts'

export interface JobListState extends Snapshot {
  status: 'loading' | 'ready' | 'error'
  /** Why the last reading failed; rows read before stay. */
  error: unknown
  /** Jobs that matched when the list was read, over all pages. */
  total: number
  hasOlder: boolean
  loadingOlder: boolean
}

export interface JobListOptions {
  store: JobStore
  /** One page, newest first; null for the first, else the cursor of the page before. */
  readPage(cursor: string | null, signal: AbortSignal): Promise<JobPage>
  /** One record again: for a row that a new first page lacks. Null when the job is gone. */
  readJob(id: string, signal: AbortSignal): Promise<JobSummary | null>
  belongs(job: JobSummary): boolean
  /** Shows arrivals at once: for lists of which nothing is under a pointer. */
  immediate?: boolean
}

export interface JobList {
  state: { get(): JobListState; subscribe(listener: () => void): () => void }
  /** Reads the first page: for the first time, or again after changes may have been missed. */
  read(): Promise<void>
  readOlder(): Promise<void>
  settle(): void
  reveal(id: string): void
  /** The ids shown whose jobs no longer belong. */
  leaving(): string[]
  dispose(): void
}

/** A list of jobs that is live and still holds still. Dispose of it when its page is left. */
export function createJobList({ store, readPage, readJob, belongs, immediate = false }: JobListOptions): JobList {
  const state = createObservable<JobListState>({
    ...EMPTY_SNAPSHOT,
    status: 'loading',
    error: null,
    total: 0,
    hasOlder: false,
    loadingOlder: false,
  })
  const ending = new AbortController()
  let cursor: string | null = null
  let reading: Promise<void> | null = null
  let readAgain = false

  const update = (change: Partial<JobListState>): void => state.set({ ...state.get(), ...change })
  const belongsById = (id: string): boolean => {
    const job = store.get(id)
    return job !== undefined && belongs(job)
  }

  function take(change: (list: Snapshot) => Snapshot): void {
    const before = state.get()
    const after = change(before)
    // With nothing on screen nothing can move, so arrivals need not wait.
    const next = immediate || after.shown.length === 0 ? settle(after, immediate ? belongsById : () => true) : after
    if (next.shown !== before.shown || next.fresh !== before.fresh) update({ shown: next.shown, fresh: next.fresh })
  }

  /** A job older than the last row belongs to a page that has not been read. */
  function inReach(job: JobSummary): boolean {
    const last = state.get().shown.at(-1)
    const oldest = last === undefined ? undefined : store.get(last)
    return !state.get().hasOlder || oldest === undefined || job.createdAt > oldest.createdAt
  }

  const stopWatching = store.onChange((changed) => {
    if (state.get().status === 'loading') return
    take((list) =>
      changed.reduce((now, job) => (belongs(job) && inReach(job) ? arrive(now, job.id) : withdraw(now, job.id)), list),
    )
    if (immediate) take((list) => settle(list, belongsById))
  })

  async function readFirst(): Promise<void> {
    try {
      const page = await readPage(null, ending.signal)
      if (ending.signal.aborted) return
      store.put(page.jobs)
      const first = state.get().shown.length === 0
      take((list) =>
        merge(
          list,
          page.jobs.map((job) => job.id),
        ),
      )
      if (first) cursor = page.pagination.nextCursor ?? null
      update({ status: 'ready', error: null, total: page.pagination.total, hasOlder: cursor !== null })
      await refreshMissing(page)
    } catch (error) {
      if (!ending.signal.aborted) update({ status: state.get().shown.length > 0 ? 'ready' : 'error', error })
    }
  }

  /** Rows that belonged and are not in the new page have changed unseen; each is read again, four at a time. */
  async function refreshMissing(page: JobPage): Promise<void> {
    const read = new Set(page.jobs.map((job) => job.id))
    const oldest = page.jobs.at(-1)?.createdAt ?? Number.NEGATIVE_INFINITY
    const whole = (page.pagination.nextCursor ?? null) === null
    const missing = state.get().shown.filter((id) => {
      const job = store.get(id)
      return !read.has(id) && job !== undefined && belongs(job) && (whole || job.createdAt > oldest)
    })
    for (let from = 0; from < missing.length; from += 4) {
      const jobs = await Promise.all(missing.slice(from, from + 4).map((id) => readJob(id, ending.signal)))
      store.put(jobs.filter((job) => job !== null))
      const gone = missing.slice(from, from + 4).filter((_, n) => jobs[n] === null)
      if (gone.length > 0) update({ shown: state.get().shown.filter((id) => !gone.includes(id)) })
    }
  }

  return {
    state,
    read() {
      if (reading !== null) {
        readAgain = true
        return reading
      }
      reading = readFirst().finally(() => {
        reading = null
        if (!readAgain || ending.signal.aborted) return
        readAgain = false
        void this.read()
      })
      return reading
    },
    async readOlder() {
      if (cursor === null || state.get().loadingOlder) return
      update({ loadingOlder: true })
      try {
        const page = await readPage(cursor, ending.signal)
        store.put(page.jobs)
        cursor = page.pagination.nextCursor ?? null
        take((list) =>
          append(
            list,
            page.jobs.map((job) => job.id),
          ),
        )
        update({ error: null })
      } catch (error) {
        if (!ending.signal.aborted) update({ error })
      } finally {
        if (!ending.signal.aborted) update({ loadingOlder: false, hasOlder: cursor !== null })
      }
    },
    settle: () => take((list) => settle(list, belongsById)),
    reveal: (id) => take((list) => reveal(list, id)),
    leaving: () => state.get().shown.filter((id) => !belongsById(id)),
    dispose() {
      ending.abort()
      stopWatching()
    },
  }
}
