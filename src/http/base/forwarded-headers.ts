import type { IncomingHttpHeaders } from 'node:http'

/** What a proxy says about the request that it received. */
export interface ProxyHop {
  /** The party it received the request from: an IP address, or any other text. */
  address: string
  scheme: 'http' | 'https' | null
  host: string | null
}

/** More hops than any chain of proxies has; the nearest ones are kept. */
const MAXIMUM_HOPS = 32

/** Parses `Forwarded` (RFC 7239, 4), the nearest proxy last. */
export function parseForwarded(header: string | undefined): ProxyHop[] {
  if (header === undefined) return []
  return lastHops(header.split(',')).map((element) => {
    const pairs = new Map<string, string>()
    for (const pair of element.split(';')) {
      const [name = '', ...value] = pair.split('=')
      pairs.set(name.trim().toLowerCase(), value.join('=').trim().replaceAll('"', ''))
    }
    return { address: addressOf(pairs.get('for')), scheme: schemeOf(pairs.get('proto')), host: hostOf(pairs.get('host')) }
  })
}

/**
 * Parses `X-Forwarded-For` with `X-Forwarded-Proto` and `-Host`, the nearest proxy last. Most proxies set the last two once for
 * the whole chain; lists of equal length belong together.
 */
export function parseForwardedFor(headers: IncomingHttpHeaders): ProxyHop[] {
  const addresses = listOf(headers['x-forwarded-for'])
  const schemes = listOf(headers['x-forwarded-proto'])
  const hosts = listOf(headers['x-forwarded-host'])
  const matching = (list: readonly string[], index: number) => (list.length === addresses.length ? list[index] : list.at(-1))
  // A proxy that names no client may still name the address that was requested.
  if (addresses.length === 0 && schemes.length + hosts.length > 0) addresses.push('')
  return addresses.map((address, index) => ({
    address: addressOf(address),
    scheme: schemeOf(matching(schemes, index)),
    host: hostOf(matching(hosts, index)),
  }))
}

/**
 * Parses `X-Forwarded-Prefix`: the folder that proxies have removed from the path, the outermost first. Anything that could lead to another
 * host or out of an attribute counts as no folder.
 *
 * @returns without a final slash; empty for none.
 */
export function parseForwardedPrefix(header: string | string[] | undefined): string {
  const folder = listOf(header).map(withoutFinalSlashes).join('')
  return /^(\/(?!\.{1,2}(\/|$))[\w.~-]+){1,16}$/.test(folder) ? folder : ''
}

function withoutFinalSlashes(text: string): string {
  let end = text.length
  while (end > 0 && text[end - 1] === '/') end--
  return text.slice(0, end)
}

function listOf(header: string | string[] | undefined): string[] {
  if (header === undefined) return []
  return lastHops([header].flat().join(',').split(',')).map((entry) => entry.trim())
}

function lastHops(entries: string[]): string[] {
  return entries.slice(-MAXIMUM_HOPS)
}

/** `192.0.2.1:4711` and `[2001:db8::1]:4711` without their ports. */
function addressOf(text: string | undefined): string {
  if (text === undefined) return ''
  return /^\[([^\]]*)\]/.exec(text)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? text
}

function schemeOf(text: string | undefined): ProxyHop['scheme'] {
  const scheme = text?.toLowerCase()
  return scheme === 'http' || scheme === 'https' ? scheme : null
}

function hostOf(text: string | undefined): string | null {
  return text !== undefined && /^[a-z0-9._~[\]:-]{1,255}$/i.test(text) ? text : null
}
