import { isIPv6 } from 'node:net'
import type { Clock } from '#lib/clock.ts'
import { createFailureLimiter } from './failure-limiter.ts'
import { RateLimitedError } from './rate-limited-error.ts'

export interface LoginGuard {
  /**
   * Counts a login that begins as failed.
   *
   * @returns a function that takes the count back, for a login that did not fail after all.
   * @throws RateLimitedError when the address or the user name has failed too often.
   */
  begin(clientAddress: string, username: string): () => void
}

/**
 * Slows down guessing of passwords: ten failures in a row for an address and for a user name, then one each 30 seconds. Held in
 * memory by each server: several servers allow so many times as much, which is still far too slow to guess.
 */
export function createLoginGuard({ clock }: { clock: Clock }): LoginGuard {
  const limits = { clock, burst: 10, refillMilliseconds: 30_000, maximumKeys: 10_000 }
  const addresses = createFailureLimiter(limits)
  const usernames = createFailureLimiter(limits)
  return {
    begin(clientAddress, username) {
      const network = networkOf(clientAddress)
      const addressWait = addresses.take(network)
      if (addressWait > 0) throw new RateLimitedError(addressWait)
      const usernameWait = usernames.take(username)
      if (usernameWait > 0) {
        addresses.giveBack(network)
        throw new RateLimitedError(usernameWait)
      }
      return () => {
        addresses.giveBack(network)
        usernames.giveBack(username)
      }
    },
  }
}

/** An IPv6 customer owns a whole /64 and could take a new address for each try, so all of it counts as one. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const bare = address.split('%')[0] ?? address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)
  if (mapped) return mapped[1] ?? bare
  const [head = '', tail] = bare.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : new Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
