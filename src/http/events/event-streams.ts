import type { OutgoingHttpHeaders } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Accounts } from '#accounts/accounts.ts'
import type { Principal } from '#accounts/users/user-record.ts'
import { AppError } from '#lib/errors.ts'
import type { Log } from '#lib/log.ts'
import { bearerOf, principalOf } from '../auth/auth.ts'
import { createEventStream, type EventStream, RESET_FRAME } from './event-stream.ts'
import { StreamLimitError } from './stream-limit-error.ts'

export interface EventStreamLimits {
  /**
   * Milliseconds between two rounds. Each sends a heartbeat, asks whether the tokens still hold, and looks for clients that
   * have stopped reading. Default 15,000.
   */
  roundMilliseconds?: number
  /** Streams of the whole server; one user may hold half of them. Default 500. */
  maximumStreams?: number
  /** Bytes of frames that may wait for one client. Default 1 MiB. */
  maximumBytes?: number
}

export interface EventStreams {
  /**
   * Answers the request with an event stream until the client goes, its token ends, its rights change, or the server stops.
   *
   * @param subscribe feeds the stream; the returned function ends that.
   * @throws AppError STREAM_LIMIT (429).
   */
  open(request: FastifyRequest, reply: FastifyReply, subscribe: (stream: EventStream) => () => void): void
  /** Streams that are open. */
  count(): number
  /** Ends all of them; a later one ends at once. */
  close(): void
}

interface Open {
  stream: EventStream
  principal: Principal
  bearer: string
  origin: string | undefined
  /** What the client had taken at the last round, and for how many rounds it has taken nothing although something waited. */
  taken: number
  stalled: number
  end(): void
  destroy(): void
}

/** Rounds without reading after which a client is given up. */
const STALLED_ROUNDS = 4
/** Milliseconds that a client has to read the end of its stream. */
const ENDING = 2_000
/** Milliseconds a client waits before it connects again. */
const RECONNECT = 3_000

/** The event streams of a server: how many there may be, and when each ends. */
export function createEventStreams(options: { accounts: Accounts; log: Log } & EventStreamLimits): EventStreams {
  const { accounts, log, roundMilliseconds = 15_000, maximumStreams = 500, maximumBytes = 1_048_576 } = options
  const streams = new Set<Open>()
  let timer: NodeJS.Timeout | undefined
  let closed = false

  function open(request: FastifyRequest, reply: FastifyReply, subscribe: (stream: EventStream) => () => void): void {
    const principal = principalOf(request)
    refuseTooMany(principal)
    const stream = createEventStream({ opening: openingOf(request), maximumBytes })
    const { raw } = reply
    let ending: NodeJS.Timeout | undefined
    const entry: Open = {
      stream,
      principal,
      bearer: bearerOf(request, false),
      origin: request.headers.origin,
      taken: 0,
      stalled: 0,
      end() {
        stream.end()
        // A client that does not read would never see the end, and hold up the server's.
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

    // Fastify would log every client that goes as a stream that ended too early.
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
      // A connection that has carried a stream is not used again, so a server that stops need not wait for it.
      connection: 'close',
    })
    stream.body.pipe(raw)
    streams.add(entry)
    if (closed) entry.end()
    else if (streams.size === 1) schedule()
  }

  function refuseTooMany({ user }: Principal): void {
    const own = [...streams].filter(({ principal }) => principal.user.userId === user.userId).length
    if (streams.size >= maximumStreams) throw new StreamLimitError(`This server has ${streams.size} event streams open`)
    if (own >= Math.ceil(maximumStreams / 2)) throw new StreamLimitError(`Your user has ${own} event streams open`)
  }

  function schedule(): void {
    clearTimeout(timer)
    if (closed || streams.size === 0) return
    timer = setTimeout(() => void round().finally(schedule), roundMilliseconds)
    timer.unref()
  }

  async function round(): Promise<void> {
    for (const entry of streams) {
      const { stream } = entry
      entry.stalled = stream.waiting() > 0 && stream.taken() === entry.taken ? entry.stalled + 1 : 0
      entry.taken = stream.taken()
      if (entry.stalled >= STALLED_ROUNDS) entry.destroy()
      else stream.heartbeat()
    }
    // A hundred windows of one user cost one question.
    const answers = new Map<string, Promise<Principal | null>>()
    for (const entry of [...streams]) {
      const key = `${entry.bearer} ${entry.origin}`
      const answer = answers.get(key) ?? callerOf(entry)
      answers.set(key, answer)
      const now = await answer
      if (now === null || !sameRights(now, entry.principal)) entry.end()
    }
  }

  /** Who the token stands for now; null when for nobody. */
  async function callerOf({ bearer, origin, principal }: Open): Promise<Principal | null> {
    try {
      return await accounts.authenticate(bearer, origin)
    } catch (error) {
      if (error instanceof AppError) return null
      // An unreachable database says nothing about the token, and there is nothing new to see either.
      log.debug({ err: error }, 'the token of an event stream could not be checked')
      return principal
    }
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

/** A client that connects again may have missed anything, so it is told to read anew; what it missed is never replayed. */
function openingOf(request: FastifyRequest): string {
  const again = request.headers['last-event-id'] !== undefined
  return `retry: ${RECONNECT}\n\n${again ? RESET_FRAME : ''}`
}

function sameRights(one: Principal, other: Principal): boolean {
  return one.user.isAdmin === other.user.isAdmin && one.user.account.id === other.user.account.id
}
