/** The state of the tries of one request, as the client keeps it. */
interface RetryToken {
  getRetryCount(): number
  getRetryDelay(): number
}

/** What the client asks before a request and after each failed try. */
export interface RetryStrategy {
  acquireInitialRetryToken(scope: string): Promise<RetryToken>
  /** Rejects when there is no further try. */
  refreshRetryTokenForRetry(token: RetryToken, failure: { error?: unknown }): Promise<RetryToken>
  recordSuccess(token: RetryToken): void
}

export interface RetryLimits {
  /** Tries of one request, including the first. */
  attempts: number
  /** Longest wait before the second try in milliseconds; doubles with each further try. */
  baseMilliseconds: number
  maximumMilliseconds: number
}

/** Together these waits bridge an outage of half a minute. */
const RETRY_LIMITS: RetryLimits = { attempts: 10, baseMilliseconds: 400, maximumMilliseconds: 8_000 }

const TIMEOUT = 408
const CONFLICT = 409
const TOO_MANY = 429

/**
 * Waits longer before each further try of a request. The client's own strategies share a budget of tries, which many requests use up at
 * the beginning of an outage; this one gives every request all of its tries.
 */
export function createRetryStrategy(limits: RetryLimits = RETRY_LIMITS): RetryStrategy {
  return {
    acquireInitialRetryToken: async () => tokenOf(0, 0),
    async refreshRetryTokenForRetry(token, { error }) {
      const count = token.getRetryCount() + 1
      if (count >= limits.attempts || !isPassing(error)) throw error
      const longest = Math.min(limits.baseMilliseconds * 2 ** (count - 1), limits.maximumMilliseconds)
      return tokenOf(count, longest * (0.5 + Math.random() / 2))
    },
    recordSuccess() {},
  }
}

/** Whether another try may succeed: there was no response at all, or one that blames the server or its load. */
export function isPassing(error: unknown): boolean {
  const status = (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode
  if (status === undefined) return !(error instanceof TypeError || isOurs(error))
  return status >= 500 || status === TIMEOUT || status === TOO_MANY || (status === CONFLICT && isConflict(error))
}

function isOurs(error: unknown): boolean {
  const name = (error as Error | undefined)?.name
  return name === 'AbortError' || name === 'CredentialsProviderError'
}

function isConflict(error: unknown): boolean {
  return (error as Error).name === 'ConditionalRequestConflict' || (error as Error).name === 'OperationAborted'
}

function tokenOf(count: number, delay: number): RetryToken {
  return { getRetryCount: () => count, getRetryDelay: () => delay }
}
