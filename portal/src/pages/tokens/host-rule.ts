// The rule by which the server compares the hosts of a token with the page that uses it (src/accounts/tokens/host-restrictions.ts).
// test/portal/host-rule.test.ts keeps the two in agreement.

interface Origin {
  scheme: string
  hostname: string
  port: string
}

interface Entry {
  /** Null: any scheme. */
  scheme: string | null
  hostname: string
  /** Null: any port. */
  port: string | null
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' }

/** What the hosts of a token say about a page. */
export type Verdict =
  | { kind: 'no-address' }
  /** Without hosts any page may use the token. */
  | { kind: 'any' }
  /** The page is opened from a file, so the browser names no host. */
  | { kind: 'no-host' }
  | { kind: 'allowed'; origin: string; entry: string }
  | { kind: 'refused'; origin: string }

/** Whether pages at an address, as the browser shows it, may use a token with these hosts. */
export function testAddress(hosts: readonly string[], address: string): Verdict {
  const origin = originOf(address.trim())
  if (origin === null) return { kind: 'no-address' }
  if (hosts.length === 0) return { kind: 'any' }
  if (origin === 'null') return { kind: 'no-host' }
  const entry = matchingEntry(hosts, origin)
  return entry === null ? { kind: 'refused', origin } : { kind: 'allowed', origin, entry }
}

/** The first host that matches an `Origin` header; null for none. */
export function matchingEntry(hosts: readonly string[], origin: string): string | null {
  const actual = parseOrigin(origin)
  if (actual === null) return null
  const fits = (host: string): boolean => {
    const allowed = parseEntry(host)
    if (allowed === null || allowed.hostname !== actual.hostname) return false
    return (
      (allowed.scheme === null || allowed.scheme === actual.scheme) && (allowed.port === null || allowed.port === actual.port)
    )
  }
  return hosts.find(fits) ?? null
}

/** Whether the server would accept a text as a host. */
export function isHost(entry: string): boolean {
  return parseEntry(entry) !== null
}

/** What a browser names in the `Origin` header for the pages of an address: `null` for files. Null when it is not an address. */
function originOf(address: string): string | null {
  if (address === '') return null
  const url = parseUrl(/^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `https://${address}`)
  if (url === null) return null
  if (url.protocol === 'file:') return 'null'
  if (url.hostname === '' || /\s/.test(address)) return null
  return `${url.protocol}//${url.host}`
}

function parseEntry(entry: string): Entry | null {
  if (entry.includes('://')) return parseOrigin(entry)
  // The scheme only lends the parser its rules for host names: lower case, punycode, IPv6 brackets.
  const parsed = parseOrigin(`http://${entry}`)
  if (parsed === null) return null
  return { scheme: null, hostname: parsed.hostname, port: /:\d+$/.test(entry) ? parsed.port : null }
}

function parseOrigin(origin: string): Origin | null {
  if (origin.length > 300 || /[\s/?#@\\*]/.test(origin.replace('://', ''))) return null
  const url = parseUrl(origin)
  if (url === null || url.hostname === '') return null
  return { scheme: url.protocol, hostname: url.hostname, port: url.port === '' ? (DEFAULT_PORTS[url.protocol] ?? '') : url.port }
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}
