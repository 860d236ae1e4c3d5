import type { ServerHealth } from '../api/request.ts'
import type { Observable } from '../lib/observable.ts'
import { type Freshness, sameFreshness } from './freshness.ts'
import { createJobStream, type StreamFailure, type StreamState } from './job-stream.ts'
import { createPollLoop } from './poll-loop.ts'
import type { Timers } from './timers.ts'

interface LiveConnectionOptions {
  timers: Timers
  connect(lastEventId: string | null, signal: AbortSignal): Promise<Response>
  onJob(data: string): void
  onUnauthorised(): void
  health(): ServerHealth
  random?: () => number
  /** Reads everything on screen. */
  reset(): Promise<void>
  freshness: Observable<Freshness>
}

export interface LiveConnection {
  open(): void
  close(): void
  /** Whether the stream is open. */
  streams(): boolean
}

/** While polling because the stream was refused, the stream is tried again this often. */
const STREAM_AGAIN = 60_000
/** A server that asks for a longer wait will not be back soon. */
const SOON = 5_000

/** The event stream of a window, replaced by polling while the server refuses it; reports how fresh the window is. */
export function createLiveConnection({ freshness, reset, ...options }: LiveConnectionOptions): LiveConnection {
  const { timers } = options
  let losses = 0
  let streaming = false
  let cancelAgain = () => {}

  const tell = (next: Freshness): void => {
    if (!sameFreshness(freshness.get(), next)) freshness.set(next)
  }

  const stream = createJobStream({
    timers,
    connect: options.connect,
    ...(options.random === undefined ? {} : { random: options.random }),
    onJob: options.onJob,
    onReset: () => void reset().catch(() => {}),
    onState: streamState,
    onRefused(status) {
      if (status === 401) options.onUnauthorised()
      else startPolling()
    },
  })

  const polling = createPollLoop({
    timers,
    read,
    onWait(milliseconds, failed) {
      if (failed) tellTrouble({ status: options.health().status, againIn: milliseconds })
      else tell({ kind: 'polling', everySeconds: Math.round(milliseconds / 1_000) })
    },
  })

  /** A round of reading; the lists keep their errors to themselves, so it has failed when the server did nothing that it was asked. */
  async function read(): Promise<void> {
    const { served } = options.health()
    await reset()
    if (options.health().served === served) throw new Error('nothing could be read')
  }

  function tellTrouble({ status, againIn }: StreamFailure): void {
    const { answeredAt, servedAt } = options.health()
    const now = timers.now()
    if (status === null) tell({ kind: 'offline', since: answeredAt ?? now })
    else tell({ kind: 'refused', status, since: servedAt ?? now, againAt: now + againIn })
  }

  function streamState(state: StreamState, failure: StreamFailure = { status: null, againIn: 0 }): void {
    streaming = state === 'open'
    if (state === 'open') {
      losses = 0
      tell({ kind: 'live' })
    } else if (state === 'waiting') {
      losses++
      // One loss may be a restart; a second means that the server does not respond, or refuses.
      if (losses === 1 && failure.againIn < SOON) tell({ kind: 'reconnecting' })
      else tellTrouble(failure)
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

  return { open, close, streams: () => streaming }
}
