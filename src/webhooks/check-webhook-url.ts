import { isIP } from 'node:net'
import { AppError, invalidField } from '#lib/errors.ts'
import { addressesOf, isPrivateAddress } from '#lib/private-address.ts'

/** What the guard needs; tests pass their own definition of a private address. */
export interface UrlGuard {
  /** Whether messages may go to this machine and private networks. */
  allowPrivate: boolean
  isPrivate?: (address: string) => boolean
}

/**
 * Checks an address when it is stored, so that its owner learns at once what the sender would refuse. A name that cannot be resolved now is
 * accepted: the sender checks each connection anyway.
 *
 * @returns the address in its normal form.
 * @throws AppError VALIDATION_FAILED or WEBHOOK_URL_REFUSED (400).
 */
export async function checkWebhookUrl(given: string, guard: UrlGuard): Promise<string> {
  const url = URL.parse(given)
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw invalidField('body', '/url', 'must be an http or https address')
  }
  if (url.username !== '' || url.password !== '') {
    throw invalidField('body', '/url', 'must have no user or password; the signature tells who sends')
  }
  const isPrivate = guard.isPrivate ?? isPrivateAddress
  if (!guard.allowPrivate && (await addressesOf(url)).some((address) => isPrivate(address))) {
    throw new AppError(
      'WEBHOOK_URL_REFUSED',
      `${url.host} leads to this machine or a private network, where messages are not sent. The operator may allow it with WEBHOOKS_ALLOW_PRIVATE=true.`,
    )
  }
  return url.href
}

/** Whether the host of an address is itself a refused IP address, which no look-up would see. */
export function isRefusedHost({ hostname }: URL, isPrivate: (address: string) => boolean): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  return isIP(host) !== 0 && isPrivate(host)
}
