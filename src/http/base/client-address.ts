import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import { type ProxyHop, parseForwarded, parseForwardedFor, parseForwardedPrefix } from './forwarded-headers.ts'

export interface ClientAddressOptions {
  /** Proxies whose headers count: addresses and CIDR networks. */
  trustedProxies?: readonly string[] | undefined
  /** The address that clients use, without a final slash; fixes what the server would otherwise take from the request. */
  publicUrl?: string | null | undefined
}

export interface ClientAddresses {
  /** The IP address of the client: the nearest party that is not a trusted proxy. */
  addressOf(request: IncomingMessage): string
  /** The address of this server as the client uses it, without a final slash: `https://charts.example/enc`. */
  baseUrlOf(request: IncomingMessage): string
  /** The sub-folder of that address, without a final slash: `/enc`; empty for none. */
  folderOf(request: IncomingMessage): string
}

declare module 'fastify' {
  interface FastifyInstance {
    clients: ClientAddresses
  }
}

/**
 * Reads who calls, and by which address, from the connection; behind a trusted proxy from `Forwarded` (RFC 7239) or
 * `X-Forwarded-For`, `-Proto`, `-Host` and `-Prefix`. Headers from anyone else are ignored, because any client can invent an address.
 */
export function createClientAddresses({ trustedProxies = [], publicUrl = null }: ClientAddressOptions): ClientAddresses {
  const proxies = new BlockList()
  for (const entry of trustedProxies) {
    const [address = '', bits] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) proxies.addAddress(address, family)
    else proxies.addSubnet(address, Number(bits), family)
  }
  const isTrusted = (address: string) => isIP(address) !== 0 && proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

  /** The hop that the outermost trusted proxy describes: its `address` is the client's. */
  function clientHop(request: IncomingMessage): ProxyHop {
    const peer = plainAddress(request.socket.remoteAddress ?? '')
    const direct: ProxyHop = { address: peer, scheme: null, host: null }
    if (trustedProxies.length === 0 || !isTrusted(peer)) return direct
    return outermost(request.headers, peer, isTrusted) ?? direct
  }

  function folderOf(request: IncomingMessage): string {
    if (publicUrl !== null) return new URL(publicUrl).pathname.replace(/\/$/, '')
    if (!isTrusted(plainAddress(request.socket.remoteAddress ?? ''))) return ''
    return parseForwardedPrefix(request.headers['x-forwarded-prefix'])
  }

  return {
    addressOf: (request) => clientHop(request).address,
    baseUrlOf(request) {
      if (publicUrl !== null) return publicUrl
      const { scheme, host } = clientHop(request)
      return `${scheme ?? 'http'}://${host ?? request.headers.host ?? ''}${folderOf(request)}`
    },
    folderOf,
  }
}

/**
 * Null when the headers say nothing, or contradict each other: a proxy sets one kind and passes the other on unchecked.
 *
 * @param peer the nearest proxy: it stands for a client that the headers do not name.
 */
function outermost(headers: IncomingHttpHeaders, peer: string, isTrusted: (address: string) => boolean): ProxyHop | null {
  const standard = firstUntrusted(parseForwarded(headers['forwarded']), peer, isTrusted)
  const usual = firstUntrusted(parseForwardedFor(headers), peer, isTrusted)
  if (standard !== null && usual !== null) return standard.address === usual.address ? { ...usual, ...definite(standard) } : null
  return standard ?? usual
}

/** Hops from the nearest to the farthest; hops beyond the first untrusted one are only its claim. */
function firstUntrusted(hops: readonly ProxyHop[], peer: string, isTrusted: (address: string) => boolean): ProxyHop | null {
  let last: ProxyHop | null = null
  for (const hop of hops.toReversed()) {
    const address = plainAddress(hop.address)
    // A hop without `for`, or with an obfuscated identifier (RFC 7239, 6.3), names no client, but may name the address that was requested.
    if (isIP(address) === 0) return { ...hop, address: last?.address ?? peer }
    last = { ...hop, address }
    if (!isTrusted(address)) return last
  }
  return last
}

function definite({ address, scheme, host }: ProxyHop): Partial<ProxyHop> {
  return { address, ...(scheme === null ? {} : { scheme }), ...(host === null ? {} : { host }) }
}

/** Without an IPv6 zone; an IPv4 address inside IPv6, in any spelling, is that IPv4 address. */
function plainAddress(address: string): string {
  const bare = address.split('%')[0] ?? address
  if (isIP(bare) !== 6) return bare
  // As RFC 5952 writes it: `::ffff:c000:201`.
  const canonical = URL.parse(`http://[${bare}]`)?.hostname.slice(1, -1) ?? bare
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical) ?? []
  if (high === undefined || low === undefined) return canonical
  return [high, low].flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]).join('.')
}
