import { lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { Agent } from 'undici'

/**
 * An agent that connects to no host whose name resolves to a refused address. The check is made where the connection is, so that a
 * name cannot resolve differently in between. Hosts given as an IP address are not looked up: check those before.
 */
export function createGuardedAgent(isRefused: (address: string) => boolean): Agent {
  const guardedLookup: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, [])
      const refused = addresses.find(({ address }) => isRefused(address))
      if (refused !== undefined) return callback(new RefusedAddressError(), [])
      const [first] = addresses
      if (options.all === true || first === undefined) return callback(null, addresses)
      callback(null, first.address, first.family)
    })
  }
  return new Agent({ connect: { lookup: guardedLookup } })
}

/** A host that resolves to this machine or a private network. */
export class RefusedAddressError extends Error {
  override readonly name = 'RefusedAddressError'
  constructor() {
    super('it leads to this machine or a private network')
  }
}
