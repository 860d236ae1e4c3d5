import { messageOf } from '#lib/errors.ts'
import { CliError, EXIT, type ExitCode } from '../frame/exit-codes.ts'

/** A response that was not a success, with the server's message. */
export class ApiError extends CliError {
  readonly status: number

  constructor(status: number, message: string) {
    super(exitCodeOf(status), message)
    this.status = status
  }
}

export interface CallOptions {
  /** Sent as JSON. */
  body?: unknown
  signal?: AbortSignal
}

/** A server, and the token that every request carries. */
export interface ServerCall {
  /** Without a final slash. */
  url: string
  /**
   * Sends a request and returns the JSON of the answer.
   *
   * @throws ApiError with the server's message when it refuses; CliError when it does not answer.
   */
  call<T>(method: string, path: string, options?: CallOptions): Promise<T>
  /** The headers that identify the caller, for requests that `call` cannot make. */
  headers(): Record<string, string>
}

const TIMEOUT = 30_000

/** @param token null for requests that need none. */
export function createServerCall(url: string, token: string | null): ServerCall {
  const headers = (): Record<string, string> => (token === null ? {} : { authorization: `Bearer ${token}` })
  return {
    url,
    headers,
    async call<T>(method: string, path: string, { body, signal }: CallOptions = {}) {
      const timeout = AbortSignal.timeout(TIMEOUT)
      const response = await reach(url, signal, () =>
        fetch(`${url}${path}`, {
          method,
          headers: { ...headers(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
          body: body === undefined ? null : JSON.stringify(body),
          signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
        }),
      )
      return (await readAnswer(url, response)) as T
    },
  }
}

/** Makes a request. @throws CliError that names the server when it cannot be reached; the signal's reason when that aborts. */
export async function reach<T>(url: string, signal: AbortSignal | undefined, request: () => Promise<T>): Promise<T> {
  try {
    return await request()
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof CliError) throw error
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    const reason = cause instanceof Error && cause.name === 'TimeoutError' ? 'no answer within 30 seconds' : messageOf(cause)
    throw new CliError(
      EXIT.unreachable,
      `Cannot reach Chartroom at ${url} (${reason}). Is it running there? --url or CHARTROOM_URL names another address.`,
    )
  }
}

/** The JSON of an answer; undefined for an empty one. @throws ApiError */
export async function readAnswer(
  url: string,
  response: { ok: boolean; status: number; text(): Promise<string> },
): Promise<unknown> {
  const text = await response.text()
  if (!response.ok) throw new ApiError(response.status, problemText(text, response.status))
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new CliError(EXIT.unreachable, `What answers at ${url} is not Chartroom: it sends no JSON.`)
  }
}

function problemText(text: string, status: number): string {
  const hint = status === 401 ? ' Log in with "chartroom login", or set CHARTROOM_TOKEN.' : ''
  try {
    const problem = JSON.parse(text) as { detail?: string; title?: string }
    return `${problem.detail ?? problem.title ?? `HTTP ${status}`}${hint}`
  } catch {
    return `HTTP ${status}${hint}`
  }
}

function exitCodeOf(status: number): ExitCode {
  if (status === 401 || status === 403) return EXIT.refused
  if (status === 404) return EXIT.notFound
  return status >= 502 && status <= 504 ? EXIT.unreachable : EXIT.failed
}
