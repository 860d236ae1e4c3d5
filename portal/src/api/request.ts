import type { ServerClock } from '../lib/server-clock.ts'
import { ApiError, isAbort, SessionOverError, UnreachableError } from './errors.ts'
import type { SessionStore } from './session-store.ts'

export type QueryValue = string | number | boolean | null | undefined

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'DELETE'
  query?: Readonly<Record<string, QueryValue>>
  body?: unknown
  signal?: AbortSignal | undefined
  /** Without a session: sign-in itself, and what anyone may read. */
  anonymous?: boolean
}

export interface Requester {
  /** The parsed answer, or undefined for an empty one. @throws ApiError, UnreachableError, SessionOverError. */
  json(path: string, options?: RequestOptions): Promise<unknown>
  /** The answer as it is, for the event stream. A 401 is returned, not waited for. */
  raw(path: string, init: RequestInit): Promise<Response>
  /** When the server last answered, by its own clock; null before the first answer. */
  lastAnswer(): number | null
  /** Whether the last request got any answer. */
  onReach(listener: (reached: boolean) => void): () => void
}

export interface RequesterOptions {
  /** The address that relative paths start from. */
  base: string
  session: SessionStore
  clock: ServerClock
  fetch?: typeof fetch
  localNow?: () => number
}

/**
 * Sends requests with the session. When the session is over, reads wait until the user has signed in again and are then sent again; changes
 * are refused, so that they are made only when the user says so again.
 */
export function createRequester({ base, session, clock, fetch: send = fetch, localNow = Date.now }: RequesterOptions): Requester {
  const listeners = new Set<(reached: boolean) => void>()
  let answeredAt: number | null = null

  function reach(reached: boolean): void {
    for (const listener of [...listeners]) listener(reached)
  }

  async function once(path: string, init: RequestInit, anonymous: boolean): Promise<Response> {
    const headers = new Headers(init.headers)
    const token = session.current.get()?.token
    if (!anonymous && token !== undefined) headers.set('authorization', `Bearer ${token}`)
    const sentAt = localNow()
    try {
      const response = await send(new URL(path, base), { ...init, headers, credentials: 'omit', cache: 'no-store' })
      clock.learn(response.headers.get('date'), sentAt, localNow())
      answeredAt = clock.now()
      reach(true)
      return response
    } catch (error) {
      if (isAbort(error) || init.signal?.aborted === true) throw error
      reach(false)
      throw new UnreachableError(error)
    }
  }

  async function sendAgain(path: string, init: RequestInit, anonymous: boolean): Promise<Response> {
    for (;;) {
      const token = session.current.get()?.token
      if (!anonymous && session.over.get()) await signedIn(session, init.signal ?? undefined)
      const response = await once(path, init, anonymous)
      if (response.status !== 401 || anonymous) return response
      // Another window may have signed in meanwhile: then the new session has not been tried yet.
      if (session.current.get()?.token === token && session.current.get() !== null) session.over.set(true)
      if (init.method !== undefined && init.method !== 'GET') throw new SessionOverError()
      await signedIn(session, init.signal ?? undefined)
    }
  }

  return {
    async json(path, { method = 'GET', query = {}, body, signal, anonymous = false } = {}) {
      const init: RequestInit = { method, headers: { accept: 'application/json' } }
      if (signal !== undefined) init.signal = signal
      if (body !== undefined) {
        init.body = JSON.stringify(body)
        init.headers = { accept: 'application/json', 'content-type': 'application/json' }
      }
      const response = await sendAgain(`${path}${queryString(query)}`, init, anonymous)
      const text = await textOf(response)
      const parsed = parse(text)
      if (!response.ok) throw new ApiError(response.status, parsed, response.headers)
      return parsed
    },
    raw: (path, init) => once(path, init, false),
    lastAnswer: () => answeredAt,
    onReach(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

async function textOf(response: Response): Promise<string> {
  try {
    return await response.text()
  } catch (error) {
    throw isAbort(error) ? error : new UnreachableError(error)
  }
}

function parse(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `?a=1&b=x` without the values that are absent; empty when there are none. An empty text is a value. */
export function queryString(query: Readonly<Record<string, QueryValue>>): string {
  const given = Object.entries(query).flatMap(([key, value]) =>
    value === undefined || value === null ? [] : [[key, String(value)] satisfies [string, string]],
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}

/** Waits until the session may be used again. */
async function signedIn({ current, over }: SessionStore, signal: AbortSignal | undefined): Promise<void> {
  if (!over.get() && current.get() !== null) return
  await new Promise<void>((done, refuse) => {
    const stops = [current.subscribe(check), over.subscribe(check)]
    signal?.addEventListener('abort', give, { once: true })
    function end(): void {
      for (const stop of stops) stop()
      signal?.removeEventListener('abort', give)
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
