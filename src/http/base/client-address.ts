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
    return outermost(request.headers, isTrusted) ?? direct
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

/** Null when the headers name no client, or contradict each other: a proxy sets one kind and passes the other on unchecked. */
function outermost(headers: IncomingHttpHeaders, isTrusted: (address: string) => boolean): ProxyHop | null {
  const standard = firstUntrusted(parseForwarded(headers['forwarded']), isTrusted)
  const usual = firstUntrusted(parseForwardedFor(headers), isTrusted)
  if (standard !== null && usual !== null) return standard.address === usual.address ? { ...usual, ...definite(standard) } : null
  return standard ?? usual
}

/** Hops from the nearest to the farthest; hops beyond the first untrusted one are only its claim. */
function firstUntrusted(hops: readonly ProxyHop[], isTrusted: (address: string) => boolean): ProxyHop | null {
  let last: ProxyHop | null = null
  for (const hop of hops.toReversed()) {
    const address = plainAddress(hop.address)
    // An obfuscated identifier (RFC 7239, 6.3) names no address.
    if (isIP(address) === 0) return last
    last = { ...hop, address }
    if (!isTrusted(address)) return last
  }
  return last
}

function definite({ address, scheme, host }: ProxyHop): Partial<ProxyHop> {
  return { address, ...(scheme === null ? {} : { scheme }), ...(host === null ? {} : { host }) }
}

/** Without an IPv6 zone; an IPv4 address inside IPv6 is that IPv4 address. */
function plainAddress(address: string): string {
  const bare = address.split('%')[0] ?? address
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1] ?? bare
}
