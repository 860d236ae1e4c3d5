import type { ServerClock } from '../lib/server-clock.ts'
import { ApiError, isAbort, isProxyWithoutServer, SessionOverError, UnreachableError } from './errors.ts'
import type { SessionStore } from './session-store.ts'

export interface Requester {
  /** A successful response, read to its end. @throws ApiError, UnreachableError, SessionOverError. */
  fetch(request: Request): Promise<Response>
  /** The same without a session: sign-in itself. */
  fetchAnonymously(request: Request): Promise<Response>
  /** The response as it is, for the event stream. A 401 is returned, not waited for. */
  raw(path: string, init: RequestInit): Promise<Response>
  health(): ServerHealth
}

/** What the responses so far tell about the server; times are by its own clock. */
export interface ServerHealth {
  /** When it last responded, with any status; null before the first response. */
  answeredAt: number | null
  /** When it last fulfilled a request; null before the first time. */
  servedAt: number | null
  /** How many requests it has fulfilled. */
  served: number
  /** Status of the last response; null when the last request got none. */
  status: number | null
}

export interface RequesterOptions {
  /** The address that relative paths start from. */
  base: string
  session: SessionStore
  clock: ServerClock
  fetch?: (request: Request) => Promise<Response>
  localNow?: () => number
}

/**
 * Sends requests with the session. When the session is over, reads wait until the user has signed in again and are then repeated; changes
 * are refused, so that they are made only when the user asks again.
 */
export function createRequester({
  base,
  session,
  clock,
  fetch: send = (request) => fetch(request),
  localNow = Date.now,
}: RequesterOptions): Requester {
  let health: ServerHealth = { answeredAt: null, servedAt: null, served: 0, status: null }

  async function once(request: Request, anonymous: boolean): Promise<Response> {
    const headers = new Headers(request.headers)
    const token = session.current.get()?.token
    if (!anonymous && token !== undefined) headers.set('authorization', `Bearer ${token}`)
    const sentAt = localNow()
    try {
      const response = await send(new Request(request, { headers, credentials: 'omit', cache: 'no-store' }))
      if (isProxyWithoutServer(response.status, response.headers.get('content-type'))) {
        await response.body?.cancel()
        throw new Error(`a reverse proxy answers with status ${response.status}`)
      }
      clock.learn(response.headers.get('date'), sentAt, localNow())
      health = healthAfter(health, response, clock.now())
      return response
    } catch (error) {
      if (isAbort(error) || request.signal.aborted) throw error
      health = { ...health, status: null }
      throw new UnreachableError(error)
    }
  }

  async function sendAgain(request: Request): Promise<Response> {
    for (;;) {
      const token = session.current.get()?.token
      if (session.over.get()) await signedIn(session, request.signal)
      const response = await once(request, false)
      if (response.status !== 401) return response
      // Another window may have signed in in the meantime: then the new session has not been tried yet.
      if (session.current.get()?.token === token && session.current.get() !== null) session.over.set(true)
      if (request.method !== 'GET') throw new SessionOverError()
      await signedIn(session, request.signal)
    }
  }

  return {
    fetch: async (request) => await successOf(await sendAgain(request)),
    fetchAnonymously: async (request) => await successOf(await once(request, true)),
    raw: (path, init) => once(new Request(new URL(path, base), init), false),
    health: () => health,
  }
}

function healthAfter(before: ServerHealth, { ok, status }: Response, now: number): ServerHealth {
  const answered = { ...before, answeredAt: now, status }
  return ok ? { ...answered, servedAt: now, served: before.served + 1 } : answered
}

/** The response, read to its end, so that a connection that breaks halfway counts as no response. */
async function successOf(response: Response): Promise<Response> {
  const text = await textOf(response)
  const { status, statusText, headers } = response
  if (!response.ok) throw new ApiError(status, parse(text), headers)
  return new Response(text === '' ? null : text, { status, statusText, headers })
}

async function textOf(response: Response): Promise<string> {
  try {
    return await response.text()
  } catch (error) {
    throw isAbort(error) ? error : new UnreachableError(error)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Waits until the session may be used again. */
async function signedIn({ current, over }: SessionStore, signal: AbortSignal): Promise<void> {
  if (!over.get() && current.get() !== null) return
  await new Promise<void>((done, refuse) => {
    const stops = [current.subscribe(check), over.subscribe(check)]
    signal.addEventListener('abort', give, { once: true })
    function end(): void {
      for (const stop of stops) stop()
      signal.removeEventListener('abort', give)
    }
    function check(): void {
      if (over.get() || current.get() === null) return
      end()
      done()
    }
    function give(): void {
      end()
      refuse(new DOMException('no longer wanted', 'AbortError'))
    }
  })
}
