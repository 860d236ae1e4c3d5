import { type Dispatcher, request } from 'undici'
import { answerWords } from './answer-words.ts'
import { isRefusedHost } from './check-webhook-url.ts'
import type { AttemptOutcome } from './delivery-queue.ts'
import { failureWords } from './failure-words.ts'

export interface PostOptions {
  /** Connects only where messages may go. */
  dispatcher: Dispatcher
  /** Which IP addresses are refused. */
  isRefused(address: string): boolean
  signal: AbortSignal
}

/** Milliseconds that a receiver has for its answer. */
const TIMEOUT = 10_000
/** Bytes of an answer that are read, so that the connection can be used again. */
const MOST_ANSWER = 64 * 1_024
const LONGEST_REASON = 500

/**
 * Sends one message. Redirects are not followed: they could lead to addresses that the guard does not check.
 * @throws the signal's reason when it aborts; every other failure is an outcome.
 */
export async function postMessage(
  address: string,
  { headers, body }: { headers: Record<string, string>; body: string },
  { dispatcher, isRefused, signal }: PostOptions,
): Promise<AttemptOutcome> {
  const started = performance.now()
  const outcome = (status: number | null, error: string | null): AttemptOutcome => ({
    status,
    error: error === null ? null : error.slice(0, LONGEST_REASON),
    milliseconds: Math.round(performance.now() - started),
  })
  const url = new URL(address)
  if (isRefusedHost(url, isRefused)) return outcome(null, 'The address leads to this machine or a private network.')
  try {
    const answer = await request(url, {
      method: 'POST',
      headers,
      body,
      dispatcher,
      headersTimeout: TIMEOUT,
      bodyTimeout: TIMEOUT,
      signal: AbortSignal.any([signal, AbortSignal.timeout(2 * TIMEOUT)]),
    })
    // The status is the answer; a body that breaks off changes nothing.
    await answer.body.dump({ limit: MOST_ANSWER }).catch(() => undefined)
    const { statusCode } = answer
    if (statusCode >= 200 && statusCode < 300) return outcome(statusCode, null)
    return outcome(statusCode, answerWords(statusCode))
  } catch (error) {
    signal.throwIfAborted()
    return outcome(null, failureWords(error))
  }
}
