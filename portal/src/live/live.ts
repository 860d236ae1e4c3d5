import type { JobSummary } from '../api/records.ts'
import type { ServerHealth } from '../api/request.ts'
import { createObservable, type Observable } from '../lib/observable.ts'
import type { Freshness } from './freshness.ts'
import { createLiveConnection } from './live-connection.ts'
import type { Timers } from './timers.ts'

export interface LiveOptions {
  timers: Timers
  connect(lastEventId: string | null, signal: AbortSignal): Promise<Response>
  onJob(job: JobSummary): void
  /** The server refused the session. */
  onUnauthorised(): void
  /** What the responses tell about the server, for the offline notice. */
  health(): ServerHealth
  random?: () => number
}

export interface Live {
  freshness: Pick<Observable<Freshness>, 'get' | 'subscribe'>
  start(): void
  stop(): void
  /** The window was hidden or shown: a hidden one closes its stream after ten seconds. */
  setVisible(visible: boolean): void
  /** Calls back when what is on screen must be read again; the promise settles when that is done. */
  onReset(listener: () => Promise<void>): () => void
  /** Whether this window holds a stream, or is opening one. */
  streams(): boolean
  /** Reads everything on screen now. */
  reset(): Promise<void>
}

const HIDDEN = 10_000

/** Keeps the window up to date: by the event stream, or by polling when there is none. */
export function createLive(options: LiveOptions): Live {
  const { timers } = options
  const freshness = createObservable<Freshness>({ kind: 'connecting' })
  const listeners = new Set<() => Promise<void>>()
  let running = false
  let visible = true
  let cancelHidden = () => {}

  const reset = async (): Promise<void> => {
    const outcomes = await Promise.allSettled([...listeners].map((listener) => listener()))
    if (outcomes.some((outcome) => outcome.status === 'rejected')) throw new Error('not everything could be read')
  }

  const connection = createLiveConnection({
    ...options,
    freshness,
    reset,
    onJob(data) {
      const job = parseJob(data)
      if (job !== null) options.onJob(job)
    },
  })

  return {
    freshness,
    start() {
      if (running) return
      running = true
      if (visible) connection.open()
    },
    stop() {
      running = false
      cancelHidden()
      connection.close()
    },
    setVisible(next) {
      if (next === visible) return
      visible = next
      cancelHidden()
      if (!running) return
      if (!next) cancelHidden = timers.after(HIDDEN, connection.close)
      else connection.open()
    },
    onReset(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    streams: connection.streams,
    reset,
  }
}

function parseJob(data: string): JobSummary | null {
  try {
    const job: unknown = JSON.parse(data)
    return typeof job === 'object' && job !== null && 'id' in job ? (job as JobSummary) : null
  } catch {
    return null
  }
}
