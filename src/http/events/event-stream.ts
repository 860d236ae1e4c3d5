import { Readable } from 'node:stream'

/** The body of an answer of server-sent events (WHATWG HTML, 9.2), for one client. */
export interface EventStream {
  body: Readable
  /** Sends a frame, or keeps it until the client takes it; one that waits under the same key is replaced. */
  send(key: string, frame: string): void
  /** Tells the client to read everything again and drops the frames that wait. */
  reset(): void
  /** Sends a comment that keeps the connection open through proxies; left out while other frames wait. */
  heartbeat(): void
  /** Frames handed over so far. While frames wait, a count that stands still means that the client does not read. */
  taken(): number
  waiting(): number
  /** Ends the body; frames that wait are dropped. */
  end(): void
}

/** Writes a frame. `data` must be JSON as JSON.stringify writes it: one line. */
export function eventFrame(event: { name: string; id?: string; data: string }): string {
  const id = event.id === undefined ? '' : `id: ${event.id}\n`
  return `event: ${event.name}\n${id}data: ${event.data}\n\n`
}

export const RESET_FRAME = eventFrame({ name: 'reset', data: '{}' })
const HEARTBEAT = ': still here\n\n'

/**
 * A client that reads slowly costs at most `maximumBytes` of frames: each key keeps only its newest frame, and when even those are too
 * many, one `reset` replaces them. So the client may miss intermediate states, but never the last one.
 * @param opening written first: the reconnection time, a reset.
 */
export function createEventStream({ opening, maximumBytes }: { opening: string; maximumBytes: number }): EventStream {
  // In the order of their first arrival, so that a key that changes all the time does not push the others back.
  const frames = new Map<string, string>([['opening', opening]])
  let bytes = opening.length
  let wanted = false
  let taken = 0
  let ended = false

  // A buffer of one frame is enough, because the socket has its own.
  const body = new Readable({
    highWaterMark: 1,
    read() {
      wanted = true
      hand()
    },
  })

  function hand(): void {
    if (!wanted || ended) return
    const [first] = frames
    if (first === undefined) return
    const [key, frame] = first
    frames.delete(key)
    bytes -= frame.length
    wanted = false
    taken++
    body.push(frame)
  }

  function put(key: string, frame: string): void {
    if (ended) return
    bytes += frame.length - (frames.get(key)?.length ?? 0)
    frames.set(key, frame)
    if (bytes > maximumBytes && frames.size > 1) reset()
    else hand()
  }

  function reset(): void {
    frames.clear()
    bytes = 0
    put('reset', RESET_FRAME)
  }

  return {
    body,
    send: (key, frame) => put(key, frame),
    reset,
    heartbeat() {
      if (frames.size === 0) put('heartbeat', HEARTBEAT)
    },
    taken: () => taken,
    waiting: () => frames.size,
    end() {
      if (ended) return
      ended = true
      frames.clear()
      body.push(null)
    },
  }
}
