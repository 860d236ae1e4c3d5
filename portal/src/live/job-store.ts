import type { JobSummary } from '../api/records.ts'
import type { Timers } from './timers.ts'

/** The jobs that this window knows. A row subscribes to its own job, so that one event re-renders one row. */
export interface JobStore {
  get(id: string): JobSummary | undefined
  /** Takes records as read or received; an older record than the one held is ignored. */
  put(jobs: readonly JobSummary[]): void
  /** Calls back after the job has changed, at most four times a second. */
  subscribe(id: string, listener: () => void): () => void
  /** Calls back once per round of changes, with the jobs that changed. */
  onChange(listener: (changed: readonly JobSummary[]) => void): () => void
  clear(): void
  size(): number
}

export interface JobStoreOptions {
  timers: Timers
  /** Calls back before the next frame. */
  nextFrame(callback: () => void): void
  /** The most jobs kept; those longest untouched and not subscribed to go first. */
  limit?: number
}

const SHORTEST_INTERVAL = 250

export function createJobStore({ timers, nextFrame, limit = 2_000 }: JobStoreOptions): JobStore {
  // The order of insertion is the order of use: a job that changes moves to the end.
  const jobs = new Map<string, JobSummary>()
  const rows = new Map<string, Set<() => void>>()
  const watchers = new Set<(changed: readonly JobSummary[]) => void>()
  const dirty = new Set<string>()
  const toDraw = new Set<string>()
  const drawnAt = new Map<string, number>()
  let frameAsked = false
  let timerSet = false

  function askFrame(): void {
    if (frameAsked) return
    frameAsked = true
    nextFrame(flush)
  }

  function flush(): void {
    frameAsked = false
    const now = timers.now()
    const changed = [...dirty].flatMap((id) => jobs.get(id) ?? [])
    dirty.clear()
    if (changed.length > 0) for (const watcher of [...watchers]) watcher(changed)
    let wait = Number.POSITIVE_INFINITY
    for (const id of [...toDraw]) {
      const due = (drawnAt.get(id) ?? 0) + SHORTEST_INTERVAL - now
      if (due > 0) {
        wait = Math.min(wait, due)
        continue
      }
      toDraw.delete(id)
      drawnAt.set(id, now)
      for (const listener of [...(rows.get(id) ?? [])]) listener()
    }
    if (Number.isFinite(wait) && !timerSet) {
      timerSet = true
      timers.after(wait, () => {
        timerSet = false
        askFrame()
      })
    }
  }

  function evict(): void {
    if (jobs.size <= limit) return
    for (const id of jobs.keys()) {
      if (jobs.size <= limit) return
      if (rows.has(id)) continue
      jobs.delete(id)
      dirty.delete(id)
    }
  }

  return {
    get: (id) => jobs.get(id),
    put(records) {
      for (const job of records) {
        const held = jobs.get(job.id)
        if (held !== undefined && held.updatedAt > job.updatedAt) continue
        jobs.delete(job.id)
        jobs.set(job.id, job)
        dirty.add(job.id)
        if (rows.has(job.id)) toDraw.add(job.id)
      }
      if (dirty.size > 0) askFrame()
      evict()
    },
    subscribe(id, listener) {
      const listeners = rows.get(id) ?? new Set()
      rows.set(id, listeners)
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        rows.delete(id)
        drawnAt.delete(id)
        toDraw.delete(id)
      }
    },
    onChange(listener) {
      watchers.add(listener)
      return () => watchers.delete(listener)
    },
    clear() {
      jobs.clear()
      dirty.clear()
      toDraw.clear()
      drawnAt.clear()
    },
    size: () => jobs.size,
  }
}
