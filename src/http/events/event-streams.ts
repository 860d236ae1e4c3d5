import type { OutgoingHttpHeaders } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Accounts } from '#accounts/accounts.ts'
import type { Principal } from '#accounts/users/user-record.ts'
import type { Log } from '#lib/log.ts'
import { bearerOf, principalOf } from '../auth/auth.ts'
import { checkStreams, type OpenStream } from './check-streams.ts'
import { createEventStream, type EventStream, RESET_FRAME } from './event-stream.ts'
import { StreamLimitError } from './stream-limit-error.ts'

export interface EventStreamLimits {
  /**
   * Milliseconds between two rounds of `checkStreams`. Default 15,000.
   */
  roundMilliseconds?: number
  /** Open streams of the whole server; one user may hold half of them. Default 500. */
  maximumStreams?: number
  /** Bytes of frames that may wait for one client. Default 1 MiB. */
  maximumBytes?: number
}

export interface EventStreams {
  /**
   * Answers the request with an event stream until the client leaves, its token ends, its rights change, or the server stops.
   *
   * @param subscribe starts feeding the stream and returns a function that stops it.
   * @throws AppError STREAM_LIMIT (429).
   */
  open(request: FastifyRequest, reply: FastifyReply, subscribe: (stream: EventStream) => () => void): void
  /** The number of open streams. */
  count(): number
  /** Ends all streams; one opened later ends at once. */
  close(): void
}

/** Milliseconds that a client has to read the end of its stream. */
const ENDING = 2_000
/** Milliseconds a client waits before it connects again. */
const RECONNECT = 3_000

/** The event streams of a server: how many there may be, and when each ends. */
export function createEventStreams(options: { accounts: Accounts; log: Log } & EventStreamLimits): EventStreams {
  const { accounts, log, roundMilliseconds = 15_000, maximumStreams = 500, maximumBytes = 1_048_576 } = options
  const streams = new Set<OpenStream>()
  let timer: NodeJS.Timeout | undefined
  let closed = false

  function open(request: FastifyRequest, reply: FastifyReply, subscribe: (stream: EventStream) => () => void): void {
    const principal = principalOf(request)
    refuseTooMany(streams, principal, maximumStreams)
    const stream = createEventStream({ opening: openingOf(request), maximumBytes })
    const { raw } = reply
    let ending: NodeJS.Timeout | undefined
    const entry: OpenStream = {
      stream,
      principal,
      bearer: bearerOf(request, false),
      origin: request.headers.origin,
      taken: 0,
      stalled: 0,
      end() {
        stream.end()
        // A client that has stopped reading never sees the end and would delay the stop of the server.
        ending ??= setTimeout(() => raw.destroy(), ENDING)
      },
      destroy: () => raw.destroy(),
    }
    const unsubscribe = subscribe(stream)
    const release = () => {
      clearTimeout(ending)
      streams.delete(entry)
      unsubscribe()
      stream.body.destroy()
      if (streams.size === 0) clearTimeout(timer)
    }

    // Fastify would log each client that leaves as a premature end of the stream.
    reply.hijack()
    if (raw.destroyed) {
      release()
      return
    }
    raw.once('close', release)
    raw.writeHead(200, {
      ...(reply.getHeaders() as OutgoingHttpHeaders),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      // The connection is not reused, so a stopping server need not wait for it.
      connection: 'close',
    })
    stream.body.pipe(raw)
    streams.add(entry)
    if (closed) entry.end()
    else if (streams.size === 1) schedule()
  }

  function schedule(): void {
    clearTimeout(timer)
    if (closed || streams.size === 0) return
    timer = setTimeout(() => void checkStreams(streams, { accounts, log }).finally(schedule), roundMilliseconds)
    timer.unref()
  }

  return {
    open,
    count: () => streams.size,
    close() {
      closed = true
      clearTimeout(timer)
      for (const entry of streams) entry.end()
    },
  }
}

/** Tells a reconnecting client to read the list again: it may have missed events, and none is replayed. */
function openingOf(request: FastifyRequest): string {
  const again = request.headers['last-event-id'] !== undefined
  return `retry: ${RECONNECT}\n\n${again ? RESET_FRAME : ''}`
}

/** @throws StreamLimitError when the server, or the user, has as many streams open as it may. */
function refuseTooMany(streams: ReadonlySet<OpenStream>, { user }: Principal, maximum: number): void {
  const own = [...streams].filter(({ principal }) => principal.user.userId === user.userId).length
  if (streams.size >= maximum) throw new StreamLimitError(`This server has ${streams.size} event streams open`)
  if (own >= Math.ceil(maximum / 2)) throw new StreamLimitError(`Your user has ${own} event streams open`)
}
