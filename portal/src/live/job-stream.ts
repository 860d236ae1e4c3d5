import { retryAfter } from '../lib/retry-after.ts'
import { backoff } from './backoff.ts'
import { createEventParser } from './event-parser.ts'
import type { Timers } from './timers.ts'

export type StreamState = 'closed' | 'connecting' | 'open' | 'waiting'

/** Why a stream was not opened, or ended: the status of the answer, null when there was none. */
export interface StreamFailure {
  status: number | null
  /** Milliseconds until it is tried again. */
  againIn: number
}

export interface JobStreamOptions {
  /**
   * Asks for the stream. `lastEventId` goes into the Last-Event-ID header, so that the server says `reset` first.
   *
   * @throws any error when there is no answer.
   */
  connect(lastEventId: string | null, signal: AbortSignal): Promise<Response>
  timers: Timers
  /** The text of a `job` event's data. */
  onJob(data: string): void
  /** Changes may have been missed. Called for the server's `reset`, and when a stream opens after a gap. */
  onReset(): void
  /** @param failure why it waits, and for how long. */
  onState(state: StreamState, failure?: StreamFailure): void
  /** The server refused the stream: too many are open (429), or the session is over (401). */
  onRefused(status: number): void
  random?: () => number
}

export interface JobStream {
  open(): void
  close(): void
}

/** The server sends a comment every 15 seconds; three missed ones mean that the connection is dead. */
const SILENCE = 45_000
const FIRST_ID = '0'
/** A server that asks for a longer wait is asked again after this one, because people look at the page. */
const LONGEST_ASKED = 300_000

interface Refusal {
  status: number | null
  /** Milliseconds that the answer asks to wait. */
  asked: number
}

/**
 * One connection to the event stream, kept open until it is closed: a lost or silent one is opened again after 1 to 30 seconds.
 */
export function createJobStream(options: JobStreamOptions): JobStream {
  const { timers, onState } = options
  let wanted = false
  let controller: AbortController | null = null
  let cancelTimer = () => {}
  let failures = 0
  let retry = 0
  let lastEventId: string | null = null
  /** Whether a stream has been open before, so that the next one follows a gap. */
  let opened = false

  function later({ status, asked }: Refusal): void {
    if (!wanted) return
    failures++
    const usual = backoff(failures, retry, { shortest: 1_000, longest: 30_000, ...random() })
    const wait = Math.max(usual, Math.min(asked, LONGEST_ASKED))
    onState('waiting', { status, againIn: wait })
    cancelTimer()
    cancelTimer = timers.after(wait, () => void run())
  }

  function random(): { random?: () => number } {
    return options.random === undefined ? {} : { random: options.random }
  }

  function watchSilence(own: AbortController): void {
    cancelTimer()
    cancelTimer = timers.after(SILENCE, () => own.abort(new Error('the stream is silent')))
  }

  async function run(): Promise<void> {
    const own = new AbortController()
    let refusal: Refusal = { status: null, asked: 0 }
    controller = own
    onState('connecting')
    try {
      watchSilence(own)
      const response = await options.connect(lastEventId ?? (opened ? FIRST_ID : null), own.signal)
      if (own.signal.aborted) return
      if (response.status === 401 || response.status === 429) {
        wanted = false
        cancelTimer()
        onState('closed')
        options.onRefused(response.status)
        return
      }
      if (response.ok && response.body !== null) await read(response.body, own)
      else refusal = { status: response.status, asked: retryAfter(response.headers, timers.now()) ?? 0 }
    } catch {
      // The reason does not matter, because any failure is followed by another try.
    }
    if (controller === own) later(refusal)
  }

  async function read(body: ReadableStream<Uint8Array>, own: AbortController): Promise<void> {
    const reader = body.getReader()
    own.signal.addEventListener('abort', () => void reader.cancel().catch(() => {}), { once: true })
    const decoder = new TextDecoder()
    const parse = createEventParser({
      onRetry: (milliseconds) => {
        retry = milliseconds
      },
      onEvent: (event) => {
        if (controller !== own) return
        lastEventId = event.id ?? lastEventId
        if (event.name === 'job') options.onJob(event.data)
        else if (event.name === 'reset') options.onReset()
      },
    })
    failures = 0
    onState('open')
    if (opened) options.onReset()
    opened = true
    for (;;) {
      watchSilence(own)
      const { value, done } = await reader.read()
      if (done) return
      parse(decoder.decode(value, { stream: true }))
    }
  }

  return {
    open() {
      if (wanted) return
      wanted = true
      failures = 0
      void run()
    },
    close() {
      wanted = false
      cancelTimer()
      const own = controller
      controller = null
      own?.abort(new Error('closed'))
      onState('closed')
    },
  }
}
