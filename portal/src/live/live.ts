import type { JobSummary } from '../api/records.ts'
import { createObservable, type Observable } from '../lib/observable.ts'
import { type Freshness, sameFreshness } from './freshness.ts'
import { createJobStream, type StreamState } from './job-stream.ts'
import { createPollLoop } from './poll-loop.ts'
import type { Timers } from './timers.ts'

export interface LiveOptions {
  timers: Timers
  connect(lastEventId: string | null, signal: AbortSignal): Promise<Response>
  onJob(job: JobSummary): void
  /** The server refused the session. */
  onUnauthorised(): void
  /** When the server last answered, for the word of being offline; null before any answer. */
  lastAnswer(): number | null
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
/** While polling for want of a stream, the stream is tried again this often. */
const STREAM_AGAIN = 60_000

/** Keeps the window up to date: by the event stream, or by reading again and again when there is none to be had. */
export function createLive(options: LiveOptions): Live {
  const { timers } = options
  const freshness = createObservable<Freshness>({ kind: 'connecting' })
  const listeners = new Set<() => Promise<void>>()
  let running = false
  let visible = true
  let losses = 0
  let streaming = false
  let cancelHidden = () => {}
  let cancelAgain = () => {}

  const tell = (next: Freshness): void => {
    if (!sameFreshness(freshness.get(), next)) freshness.set(next)
  }
  const reset = async (): Promise<void> => {
    const outcomes = await Promise.allSettled([...listeners].map((listener) => listener()))
    if (outcomes.some((outcome) => outcome.status === 'rejected')) throw new Error('not everything could be read')
  }

  const stream = createJobStream({
    timers,
    connect: options.connect,
    ...(options.random === undefined ? {} : { random: options.random }),
    onJob(data) {
      const job = parseJob(data)
      if (job !== null) options.onJob(job)
    },
    onReset: () => void reset().catch(() => {}),
    onState: streamState,
    onRefused(status) {
      if (status === 401) options.onUnauthorised()
      else startPolling()
    },
  })

  const polling = createPollLoop({
    timers,
    read: reset,
    onWait(milliseconds, failed) {
      if (failed) tell({ kind: 'offline', since: options.lastAnswer() ?? timers.now() })
      else tell({ kind: 'polling', everySeconds: Math.round(milliseconds / 1_000) })
    },
  })

  function streamState(state: StreamState): void {
    streaming = state === 'open'
    if (state === 'open') {
      losses = 0
      tell({ kind: 'live' })
    } else if (state === 'waiting') {
      losses++
      // One loss is what a restart looks like; a second means that the server does not answer.
      if (losses === 1) tell({ kind: 'reconnecting' })
      else tell({ kind: 'offline', since: options.lastAnswer() ?? timers.now() })
    } else if (state === 'connecting' && losses === 0) tell({ kind: 'connecting' })
  }

  function startPolling(): void {
    polling.start()
    cancelAgain()
    cancelAgain = timers.after(STREAM_AGAIN, () => {
      polling.stop()
      stream.open()
    })
  }

  function open(): void {
    losses = 0
    stream.open()
  }

  function close(): void {
    cancelAgain()
    polling.stop()
    stream.close()
  }

  return {
    freshness,
    start() {
      if (running) return
      running = true
      if (visible) open()
    },
    stop() {
      running = false
      cancelHidden()
      close()
    },
    setVisible(next) {
      if (next === visible) return
      visible = next
      cancelHidden()
      if (!running) return
      if (!next) cancelHidden = timers.after(HIDDEN, close)
      else open()
    },
    onReset(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    streams: () => streaming,
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
