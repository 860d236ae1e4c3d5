import type { JobPage, JobSummary } from '../api/records.ts'
import { createJobListRows, type JobListState } from './job-list-rows.ts'
import type { JobStore } from './job-store.ts'
import { append, merge, reveal, settle } from './snapshot-list.ts'

export interface JobListOptions {
  store: JobStore
  /** One page, newest first; null for the first, else the cursor of the page before. */
  readPage(cursor: string | null, signal: AbortSignal): Promise<JobPage>
  /** One record again: for a row that a new first page lacks. Null when the job is gone. */
  readJob(id: string, signal: AbortSignal): Promise<JobSummary | null>
  belongs(job: JobSummary): boolean
  /** Shows arrivals at once, and older jobs as others leave: for lists whose rows are never under a pointer. */
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

/** With fewer rows than this an immediate list reads the older jobs that its pages left out. */
const FEW_ROWS = 50

/** A live list of jobs whose rows stay in place. Dispose of it when its page is left. */
export function createJobList({ store, readPage, readJob, belongs, immediate = false }: JobListOptions): JobList {
  const rows = createJobListRows({ store, belongs, immediate })
  const { state, update, take, belongsById } = rows
  const ending = new AbortController()
  const read = oneAtATime(readFirst, ending.signal)
  let cursor: string | null = null

  async function readFirst(): Promise<void> {
    try {
      const page = await readPage(null, ending.signal)
      if (ending.signal.aborted) return
      store.put(page.jobs)
      const first = state.get().shown.length === 0
      take((list) => merge(list, idsOf(page)))
      if (first) cursor = page.pagination.nextCursor ?? null
      update({ status: 'ready', error: null, total: page.pagination.total, hasOlder: cursor !== null })
      await readMissing(missingFrom(page))
    } catch (error) {
      if (!ending.signal.aborted) update({ status: state.get().shown.length > 0 ? 'ready' : 'error', error })
    }
  }

  /** The rows that belonged to the list and are missing from the new first page: they have changed unseen. */
  function missingFrom(page: JobPage): string[] {
    const read = new Set(idsOf(page))
    const oldest = page.jobs.at(-1)?.createdAt ?? Number.NEGATIVE_INFINITY
    const whole = (page.pagination.nextCursor ?? null) === null
    return state.get().shown.filter((id) => {
      const job = store.get(id)
      return !read.has(id) && job !== undefined && belongs(job) && (whole || job.createdAt > oldest)
    })
  }

  /** Reads the rows again, four at a time. */
  async function readMissing(missing: string[]): Promise<void> {
    for (let from = 0; from < missing.length; from += 4) {
      const jobs = await Promise.all(missing.slice(from, from + 4).map((id) => readJob(id, ending.signal)))
      store.put(jobs.filter((job) => job !== null))
      const gone = missing.slice(from, from + 4).filter((_, n) => jobs[n] === null)
      if (gone.length > 0) update({ shown: state.get().shown.filter((id) => !gone.includes(id)) })
    }
  }

  async function readOlder(): Promise<void> {
    if (cursor === null || state.get().loadingOlder) return
    update({ loadingOlder: true })
    try {
      const page = await readPage(cursor, ending.signal)
      store.put(page.jobs)
      cursor = page.pagination.nextCursor ?? null
      take((list) => append(list, idsOf(page)))
      update({ error: null })
    } catch (error) {
      if (!ending.signal.aborted) update({ error })
    } finally {
      if (!ending.signal.aborted) update({ loadingOlder: false, hasOlder: cursor !== null })
    }
  }

  const stopFilling = state.subscribe(() => {
    const { shown, hasOlder, error } = state.get()
    if (immediate && hasOlder && error === null && shown.length < FEW_ROWS) void readOlder()
  })

  return {
    state,
    read,
    readOlder,
    settle: () => take((list) => settle(list, belongsById)),
    reveal: (id) => take((list) => reveal(list, id)),
    leaving: () => state.get().shown.filter((id) => !belongsById(id)),
    dispose() {
      ending.abort()
      stopFilling()
      rows.stop()
    },
  }
}

function idsOf(page: JobPage): string[] {
  return page.jobs.map((job) => job.id)
}

/** If a read is requested while one runs, one more follows it. */
function oneAtATime(read: () => Promise<void>, signal: AbortSignal): () => Promise<void> {
  let reading: Promise<void> | null = null
  let again = false
  return function next(): Promise<void> {
    if (reading !== null) {
      again = true
      return reading
    }
    reading = read().finally(() => {
      reading = null
      if (!again || signal.aborted) return
      again = false
      void next()
    })
    return reading
  }
}
