import { open, realpath } from 'node:fs/promises'
import { isIP } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
// Not the fetch of Node 24: its undici (7.29) crashes the process when a connection that closes after its response ends before the body is
// read (nodejs/undici#5360).
import { Agent, fetch, type Response } from 'undici'
import { messageOf } from '#lib/errors.ts'
import { createGuardedAgent, RefusedAddressError } from '#lib/guarded-agent.ts'
import { addressesOf, isPrivateAddress } from '#lib/private-address.ts'
import { boundedBody } from './bounded-body.ts'
import { shownAddress } from './shown-address.ts'
import { TransferError } from './transfer-error.ts'
import type { TransferLimits } from './transfer-limits.ts'

export interface OpenUrlOptions {
  limits: TransferLimits
  userAgent: string
  signal: AbortSignal
  /**
   * The address that the operator has configured; the URL itself when left out. A file may only lie in its folder, and http may lead
   * into private networks only when it does.
   */
  configured?: URL
  /** For tests: which IP addresses are private. */
  isPrivate?(address: string): boolean
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
const publicConnections = createGuardedAgent(isPrivateAddress)

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
    const handle = await open(await insideFolder(url, options.configured ?? url), 'r')
    const info = await handle.stat()
    if (!info.isFile()) {
      await handle.close()
      throw new Error('it is not a file')
    }
    const body = handle.createReadStream()
    return {
      url,
      announcedBytes: info.size,
      body: boundedBody(body, { ...options, announcedBytes: info.size, name: shownAddress(url) }),
    }
  } catch (error) {
    throw new TransferError(`cannot read ${shownAddress(url)}`, { retryable: false, cause: error })
  }
}

/** The path of a file with links resolved. @throws Error unless it is the configured file or lies in the same folder. */
async function insideFolder(url: URL, configured: URL): Promise<string> {
  const file = await realpath(fileURLToPath(url))
  if (url.href === configured.href) return file
  const folder = await realpath(path.dirname(fileURLToPath(configured)))
  if (!file.startsWith(`${folder}${path.sep}`)) throw new Error('it leads out of the folder of the catalogue')
  return file
}

async function openHttp(first: URL, options: OpenUrlOptions): Promise<OpenedUrl> {
  const configured = options.configured ?? first
  const isPrivate = options.isPrivate ?? isPrivateAddress
  const mayBePrivate = (await addressesOf(configured)).some((address) => isPrivate(address))
  const guarded = options.isPrivate === undefined ? publicConnections : createGuardedAgent(options.isPrivate)
  const dispatcher = mayBePrivate ? connections : guarded
  let url = first
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    if (!mayBePrivate && isIP(hostOf(url)) !== 0 && isPrivate(hostOf(url))) throw refusedAddress(url)
    const response = await ask(url, { ...options, dispatcher, authorization: authorizationFor(url, configured) })
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
    if (response.body === null) throw new TransferError(`${shownAddress(url)} answered without content`, { retryable: true })
    return { url, announcedBytes, body: boundedBody(response.body, { ...options, announcedBytes, name: shownAddress(url) }) }
  }
  throw new TransferError(
    `${shownAddress(first)} redirects in a loop (gave up after ${MOST_REDIRECTS} redirects, the last to ${shownAddress(url)})`,
    {
      retryable: false,
    },
  )
}

interface AskOptions extends OpenUrlOptions {
  dispatcher: Agent
  authorization: string | null
}

async function ask(url: URL, options: AskOptions): Promise<Response> {
  const { signal, limits, userAgent, authorization } = options
  const waiting = new AbortController()
  const timer = setTimeout(() => waiting.abort(), limits.answerMilliseconds)
  try {
    const bare = new URL(url)
    bare.username = ''
    bare.password = ''
    return await fetch(bare, {
      dispatcher: options.dispatcher,
      redirect: 'manual',
      // With a content coding, the announced length would not be that of the zip.
      headers: {
        ...{ 'user-agent': userAgent, accept: '*/*', 'accept-encoding': 'identity' },
        ...(authorization === null ? {} : { authorization }),
      },
      signal: AbortSignal.any([signal, waiting.signal]),
    })
  } catch (error) {
    signal.throwIfAborted()
    if (waiting.signal.aborted) {
      throw new TransferError(`${shownAddress(url)} did not answer within ${limits.answerMilliseconds / 1000} seconds`, {
        retryable: true,
      })
    }
    if (error instanceof Error && error.cause instanceof RefusedAddressError) throw refusedAddress(url)
    throw new TransferError(`cannot reach ${shownAddress(url)}: ${innermostMessage(error)}`, {
      retryable: true,
      cause: undefined,
    })
  } finally {
    clearTimeout(timer)
  }
}

/** Basic authentication (RFC 7617) with the user and password of the configured address, for its own origin only. */
function authorizationFor(url: URL, configured: URL): string | null {
  const { username, password } = configured
  if (url.origin !== configured.origin || (username === '' && password === '')) return null
  const plain = `${decoded(username)}:${decoded(password)}`
  return `Basic ${Buffer.from(plain).toString('base64')}`
}

/** A percent sign that escapes nothing stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}

function refusedAddress(url: URL): TransferError {
  return new TransferError(`${shownAddress(url)} is refused: it leads to this machine or a private network`, { retryable: false })
}

/** Frees the connection of a response whose body is not needed. */
async function discard(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => {})
}

function redirectTarget(location: string, from: URL): URL {
  const target = URL.parse(location, from.href)
  // A server must not redirect to files of this machine.
  if (target === null || (target.protocol !== 'http:' && target.protocol !== 'https:')) {
    throw new TransferError(`${shownAddress(from)} redirects to "${shownAddress(location)}", which is not a web address`, {
      retryable: false,
    })
  }
  return target
}

function statusError(url: URL, response: Response): TransferError {
  const { status } = response
  const retryable = status >= 500 || status === 408 || status === 429
  const hint = status === 404 ? ' (nothing exists at this address)' : ''
  return new TransferError(`${shownAddress(url)} answered HTTP ${status}${hint}`, { retryable, status })
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
