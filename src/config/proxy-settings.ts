import { isIP } from 'node:net'
import type { SettingsReader } from './settings-reader.ts'

/** Reads `TRUSTED_PROXIES`: addresses and CIDR networks. */
export function trustedProxies(read: SettingsReader): string[] {
  const entries = (read.text('TRUSTED_PROXIES') ?? '').split(/[\s,]+/).filter((entry) => entry !== '')
  const wrong = entries.find((entry) => !isNetwork(entry))
  if (wrong !== undefined) {
    read.refuse('TRUSTED_PROXIES', 'addresses and networks, separated by commas, such as 127.0.0.1, 10.0.0.0/8, ::1', {
      reason: `${JSON.stringify(wrong)} is neither`,
    })
  }
  return entries
}

function isNetwork(entry: string): boolean {
  const [address = '', bits, ...rest] = entry.split('/')
  const family = isIP(address)
  if (family === 0 || address.includes('%') || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

/** Reads `PUBLIC_URL`: the address that clients use, without a final slash; null when it is unset. */
export function publicUrl(read: SettingsReader): string | null {
  const given = read.text('PUBLIC_URL')
  if (given === null) return null
  const url = URL.parse(given)
  const isPlain =
    url !== null &&
    ['http:', 'https:'].includes(url.protocol) &&
    `${url.username}${url.password}${url.search}${url.hash}` === '' &&
    !/[?#]/.test(given)
  if (isPlain) return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
  // The value may hold a password, so it is not shown.
  read.refuse('PUBLIC_URL', 'an http or https URL without user, query and fragment, such as https://charts.example/enc', {
    secret: true,
  })
  return null
}
