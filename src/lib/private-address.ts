import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

/** Addresses that are not on the public internet (RFC 6890): this machine, private networks, links, multicast, reserved ones. */
const NOT_PUBLIC = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  NOT_PUBLIC.addSubnet(network, bits, 'ipv4')
}
for (const [network, bits] of [
  ['::', 96],
  // Translated and tunnelled IPv4 addresses may lead to private ones.
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
] as const) {
  NOT_PUBLIC.addSubnet(network, bits, 'ipv6')
}

/** Whether an IP address is not on the public internet. @param address in the usual notation, without a zone. */
export function isPrivateAddress(address: string): boolean {
  // Node checks the IPv4 address inside an IPv4-mapped one.
  return NOT_PUBLIC.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/** The IP addresses of a URL's host: itself, or what its name resolves to; none when the name does not resolve. */
export async function addressesOf({ hostname }: URL): Promise<string[]> {
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  if (isIP(host) !== 0) return [host]
  return (await lookup(host, { all: true }).catch(() => [])).map(({ address }) => address)
}
