import { open } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
// Not the fetch of Node 24: its undici (7.29) crashes the process when a connection that closes after its answer ends before the
// body is read (nodejs/undici#5360).
import { Agent, fetch, type Response } from 'undici'
import { messageOf } from '#lib/errors.ts'
import { boundedBody } from './bounded-body.ts'
import { TransferError } from './transfer-error.ts'
import type { TransferLimits } from './transfer-limits.ts'

export interface OpenUrlOptions {
  limits: TransferLimits
  userAgent: string
  signal: AbortSignal
}

export interface OpenedUrl {
  /** The address after redirects. */
  url: URL
  /** Bytes that the sender announced, or null. */
  announcedBytes: number | null
  body: AsyncIterable<Uint8Array>
}

const MOST_REDIRECTS = 5

// Passed with every request: undici would otherwise use the process-wide dispatcher, which may belong to Node's own undici.
const connections = new Agent()

/**
 * Opens an http, https or file URL. Limits the body in size and time and checks it against the announced length: a connection
 * that breaks early is an error, never a short file.
 *
 * @throws TransferError with a message for an operator; the signal's reason when it aborts.
 */
export async function openUrl(url: URL, options: OpenUrlOptions): Promise<OpenedUrl> {
  options.signal.throwIfAborted()
  return url.protocol === 'file:' ? await openFile(url, options) : await openHttp(url, options)
}

async function openFile(url: URL, options: OpenUrlOptions): Promise<OpenedUrl> {
  try {
    const handle = await open(fileURLToPath(url), 'r')
    const info = await handle.stat()
    if (!info.isFile()) {
      await handle.close()
      throw new Error('it is not a file')
    }
    const body = handle.createReadStream()
    return { url, announcedBytes: info.size, body: boundedBody(body, { ...options, announcedBytes: info.size, name: url.href }) }
  } catch (error) {
    throw new TransferError(`cannot read ${url.href}`, { retryable: false, cause: error })
  }
}

async function openHttp(first: URL, options: OpenUrlOptions): Promise<OpenedUrl> {
  let url = first
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await ask(url, options)
    const location = response.headers.get('location')
    if (response.status >= 300 && response.status < 400 && location !== null) {
      await discard(response)
      url = redirectTarget(location, url)
      continue
    }
    if (response.status !== 200) {
      await discard(response)
      throw statusError(url, response)
    }
    const announcedBytes = announcedLength(response)
    if (response.body === null) throw new TransferError(`${url.href} answered without content`, { retryable: true })
    return { url, announcedBytes, body: boundedBody(response.body, { ...options, announcedBytes, name: url.href }) }
  }
  throw new TransferError(
    `${first.href} redirects in a loop (gave up after ${MOST_REDIRECTS} redirects, the last to ${url.href})`,
    {
      retryable: false,
    },
  )
}

async function ask(url: URL, options: OpenUrlOptions): Promise<Response> {
  const { signal, limits, userAgent } = options
  const waiting = new AbortController()
  const timer = setTimeout(() => waiting.abort(), limits.answerMilliseconds)
  try {
    return await fetch(url, {
      dispatcher: connections,
      redirect: 'manual',
      // With a content coding, the announced length would not be that of the zip.
      headers: { 'user-agent': userAgent, accept: '*/*', 'accept-encoding': 'identity' },
      signal: AbortSignal.any([signal, waiting.signal]),
    })
  } catch (error) {
    signal.throwIfAborted()
    if (waiting.signal.aborted) {
      throw new TransferError(`${url.href} did not answer within ${limits.answerMilliseconds / 1000} seconds`, {
        retryable: true,
      })
    }
    throw new TransferError(`cannot reach ${url.href}: ${innermostMessage(error)}`, { retryable: true, cause: undefined })
  } finally {
    clearTimeout(timer)
  }
}

/** Frees the connection of a response whose body is not needed. */
async function discard(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => {})
}

function redirectTarget(location: string, from: URL): URL {
  const target = URL.parse(location, from.href)
  // A server must not redirect to files of this machine.
  if (target === null || (target.protocol !== 'http:' && target.protocol !== 'https:')) {
    throw new TransferError(`${from.href} redirects to "${location.slice(0, 200)}", which is not a web address`, {
      retryable: false,
    })
  }
  return target
}

function statusError(url: URL, response: Response): TransferError {
  const { status } = response
  const retryable = status >= 500 || status === 408 || status === 429
  const hint = status === 404 ? ' (nothing exists at this address)' : ''
  return new TransferError(`${url.href} answered HTTP ${status}${hint}`, { retryable, status })
}

function announcedLength(response: Response): number | null {
  const coding = response.headers.get('content-encoding')
  if (coding !== null && coding !== 'identity') return null
  const length = response.headers.get('content-length')
  return length !== null && /^\d{1,15}$/.test(length) ? Number(length) : null
}

/** fetch itself says only "fetch failed"; the cause names the fault. */
function innermostMessage(error: unknown): string {
  return error instanceof Error && error.cause !== undefined ? messageOf(error.cause) : messageOf(error)
}
