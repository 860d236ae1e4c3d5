import { messageOf } from '#lib/errors.ts'
import { TransferError } from './transfer-error.ts'
import type { TransferLimits } from './transfer-limits.ts'

export interface BoundedBodyOptions {
  /** Name of the source in messages. */
  name: string
  limits: TransferLimits
  announcedBytes: number | null
  signal: AbortSignal
}

/**
 * Passes a body on within its limits of size and time, and closes the source in every case.
 *
 * @throws TransferError when the body exceeds a limit, breaks off, or differs from the announced length; the signal's reason.
 */
export async function* boundedBody(source: AsyncIterable<Uint8Array>, options: BoundedBodyOptions): AsyncGenerator<Uint8Array> {
  const { name, limits, announcedBytes, signal } = options
  if (announcedBytes !== null && announcedBytes > limits.maximumBytes) throw tooLarge(name, limits)
  const iterator = source[Symbol.asyncIterator]()
  const deadline = performance.now() + limits.totalMilliseconds
  let received = 0
  let finished = false
  try {
    for (;;) {
      const next = await nextInTime(iterator, deadline, options)
      if (next.done) break
      received += next.value.byteLength
      if (received > limits.maximumBytes) throw tooLarge(name, limits)
      yield next.value
    }
    finished = true
  } finally {
    // Not awaited: a stalled source would not settle.
    if (!finished) void iterator.return?.().then(undefined, () => {})
  }
  signal.throwIfAborted()
  if (announcedBytes !== null && received !== announcedBytes) {
    throw new TransferError(`${name} broke off after ${received} of ${announcedBytes} bytes`, { retryable: true })
  }
}

async function nextInTime(
  iterator: AsyncIterator<Uint8Array>,
  deadline: number,
  { name, limits, signal }: BoundedBodyOptions,
): Promise<IteratorResult<Uint8Array>> {
  signal.throwIfAborted()
  const left = deadline - performance.now()
  const stalled = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => {
      const why =
        left <= limits.stallMilliseconds
          ? `took longer than ${limits.totalMilliseconds / 1000} seconds`
          : `sent nothing for ${limits.stallMilliseconds / 1000} seconds`
      stalled.reject(new TransferError(`${name} ${why}`, { retryable: true }))
    },
    Math.max(0, Math.min(left, limits.stallMilliseconds)),
  )
  const onAbort = () => stalled.reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([iterator.next(), stalled.promise])
  } catch (error) {
    if (signal.aborted || error instanceof TransferError) throw error
    throw new TransferError(`the connection to ${name} broke off: ${messageOf(error)}`, { retryable: true })
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}

function tooLarge(name: string, limits: TransferLimits): TransferError {
  return new TransferError(`${name} is larger than the limit of ${limits.maximumBytes} bytes`, { retryable: false })
}
