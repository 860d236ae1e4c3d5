import { messageOf } from '#lib/errors.ts'
import { CliError, EXIT, type ExitCode } from '../frame/exit-codes.ts'

/** A response that was not a success, with the server's message. */
export class ApiError extends CliError {
  readonly status: number

  /** @param code the kind of error, as docs/errors.md lists them; null for an answer that is not Chartroom's. */
  constructor(status: number, code: string | null, message: string) {
    super(exitCodeOf(status, code), message)
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
  if (!response.ok) throw refusalOf(url, response.status, text)
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new CliError(EXIT.unreachable, `The server at ${url} is not Chartroom: its response is not JSON.`)
  }
}

function refusalOf(url: string, status: number, text: string): ApiError {
  const { code, detail, title } = parseProblem(text)
  if (isElsewhere(status, code)) {
    return new ApiError(
      status,
      code,
      `There is no Chartroom at ${url}, or one of another version: it has nothing at the path that was asked for. The address takes the folder of a server that has one, such as https://charts.example/enc.`,
    )
  }
  if (code === null && status === 413) {
    return new ApiError(
      status,
      code,
      `The request is larger than a reverse proxy before ${url} accepts (HTTP 413): raise its limit (client_max_body_size of nginx) to 1100 MB, the largest upload with its frame.`,
    )
  }
  if (code === null && status >= 502 && status <= 504) {
    return new ApiError(
      status,
      code,
      `A reverse proxy answers at ${url}, but the server behind it does not (HTTP ${status}). Is Chartroom running there?`,
    )
  }
  const hint = status === 401 ? ' Log in with "chartroom login", or set CHARTROOM_TOKEN.' : ''
  return new ApiError(status, code, `${detail ?? title ?? `HTTP ${status}`}${hint}`)
}

/** The members of a problem document; an empty object when something else has answered. */
function parseProblem(text: string): { code: string | null; detail?: string; title?: string } {
  try {
    const { code, detail, title } = JSON.parse(text) as Record<string, unknown>
    return {
      code: typeof code === 'string' ? code : null,
      ...(typeof detail === 'string' && { detail }),
      ...(typeof title === 'string' && { title }),
    }
  } catch {
    return { code: null }
  }
}

/** Whether the server does not know the path, as opposed to a job or a cell that does not exist. */
function isElsewhere(status: number, code: string | null): boolean {
  return (status === 404 || status === 405) && (code === null || code === 'ROUTE_NOT_FOUND' || code === 'METHOD_NOT_ALLOWED')
}

/** Errors that a value on the command line causes. */
const WRONG_VALUE: ReadonlySet<string> = new Set([
  'VALIDATION_FAILED',
  'JOB_TYPE_NOT_ALLOWED',
  'JOB_TYPE_UNKNOWN',
  'JOB_STEP_UNKNOWN',
])

function exitCodeOf(status: number, code: string | null): ExitCode {
  if (status === 401 || status === 403) return EXIT.refused
  if (isElsewhere(status, code)) return EXIT.unreachable
  if (status === 404) return EXIT.notFound
  if (code !== null && WRONG_VALUE.has(code)) return EXIT.usage
  return status >= 502 && status <= 504 ? EXIT.unreachable : EXIT.failed
}
