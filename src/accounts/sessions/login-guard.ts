import type { Clock } from '#lib/clock.ts'
import { createFailureLimiter } from './failure-limiter.ts'
import { networkOf } from './network-of.ts'
import { RateLimitedError } from './rate-limited-error.ts'

export interface LoginGuard {
  /**
   * Counts a login that begins as failed.
   *
   * @returns a function to call when the login did not fail; `signedIn` says that it succeeded.
   * @throws RateLimitedError when the address, or the user name from this address, has failed too often.
   */
  begin(clientAddress: string, username: string): (outcome: { signedIn: boolean }) => void
}

const REFILL_MILLISECONDS = 30_000
const MAXIMUM_KEYS = 10_000

/**
 * Slows down guessing of passwords. An address may fail ten times in a row, then once each 30 seconds. After ten failures of one
 * user name, wherever they come from, each address has one try of that name every 30 seconds. An address that has signed in as that
 * user is exempt from the second rule, so that an attacker cannot lock the user out.
 *
 * Held in the memory of each server; several servers multiply the tries, which is still far too slow to guess.
 */
export function createLoginGuard({ clock }: { clock: Clock }): LoginGuard {
  const limits = { clock, refillMilliseconds: REFILL_MILLISECONDS, maximumKeys: MAXIMUM_KEYS }
  const addresses = createFailureLimiter({ ...limits, burst: 10 })
  const usernames = createFailureLimiter({ ...limits, burst: 10 })
  /** Tries of one name from one address, counted while the name is failing. */
  const pairs = createFailureLimiter({ ...limits, burst: 1 })
  /** Pairs of address and name that have signed in, least recent first. */
  const known = new Set<string>()

  function remember(pair: string): void {
    known.delete(pair)
    known.add(pair)
    if (known.size <= MAXIMUM_KEYS) return
    const oldest = known.keys().next()
    if (!oldest.done) known.delete(oldest.value)
  }

  return {
    begin(clientAddress, username) {
      const network = networkOf(clientAddress)
      const pair = `${network} ${username}`
      const addressWait = addresses.take(network)
      if (addressWait > 0) throw new RateLimitedError(addressWait)
      const isKnown = known.has(pair)
      const isFailing = !isKnown && usernames.take(username) > 0
      const pairWait = isFailing ? pairs.take(pair) : 0
      if (pairWait > 0) {
        addresses.giveBack(network)
        throw new RateLimitedError(pairWait)
      }
      return ({ signedIn }) => {
        addresses.giveBack(network)
        if (isFailing) pairs.giveBack(pair)
        // A known address has taken no try of the name: its logins must not make room for the tries of others.
        else if (!isKnown) usernames.giveBack(username)
        if (signedIn) remember(pair)
      }
    },
  }
}
