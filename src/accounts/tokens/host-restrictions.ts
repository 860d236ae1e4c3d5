import { type FieldError, invalidFields } from '#lib/errors.ts'

/** What a token is limited to. No hosts: any origin may use it. */
export interface Restrictions {
  /** Host names (`example.com`, `localhost:3000`) or whole origins (`https://example.com`). */
  hosts: string[]
}

const MAXIMUM_HOSTS = 100

/**
 * Checks restrictions as a client gave them.
 *
 * @throws AppError VALIDATION_FAILED (400) for an entry that could never equal an origin: the token would be unusable from
 *   every page without telling why.
 */
export function checkRestrictions(given: { hosts?: string[] | undefined } | null): Restrictions | null {
  if (given === null) return null
  const hosts = given.hosts ?? []
  const fields: FieldError[] = []
  if (hosts.length > MAXIMUM_HOSTS)
    fields.push({ field: '/restrictions/hosts', message: `must have at most ${MAXIMUM_HOSTS} entries` })
  hosts.slice(0, MAXIMUM_HOSTS).forEach((host, index) => {
    if (parseEntry(host) === null) {
      const message =
        'must be a host name such as example.com, with a port if needed, or a whole origin such as https://example.com'
      fields.push({ field: `/restrictions/hosts/${index}`, message })
    }
  })
  const [first, ...rest] = fields
  if (first) throw invalidFields('body', [first, ...rest])
  return { hosts }
}

/** Whether a token is limited to some hosts. */
export function isRestricted(restrictions: Partial<Restrictions> | null): boolean {
  return (restrictions?.hosts ?? []).length > 0
}

/**
 * Whether a request may use a token.
 *
 * @param origin the `Origin` header (RFC 6454); a request without one passes, because only browsers send it.
 */
export function originAllowed(restrictions: Partial<Restrictions> | null, origin: string | undefined): boolean {
  const hosts = restrictions?.hosts ?? []
  if (hosts.length === 0 || origin === undefined) return true
  const actual = parseOrigin(origin)
  if (actual === null) return false
  return hosts.some((host) => {
    const allowed = parseEntry(host)
    if (allowed === null || allowed.hostname !== actual.hostname) return false
    return (
      (allowed.scheme === null || allowed.scheme === actual.scheme) && (allowed.port === null || allowed.port === actual.port)
    )
  })
}

interface Entry {
  scheme: string | null
  hostname: string
  /** Null: any port. */
  port: string | null
}

function parseEntry(entry: string): Entry | null {
  if (entry.includes('://')) return parseOrigin(entry)
  // The scheme only lends the parser its rules for host names: lower case, punycode, IPv6 brackets.
  const parsed = parseOrigin(`http://${entry}`)
  if (parsed === null) return null
  return { scheme: null, hostname: parsed.hostname, port: /:\d+$/.test(entry) ? parsed.port : null }
}

function parseOrigin(origin: string): { scheme: string; hostname: string; port: string } | null {
  if (origin.length > 300 || /[\s/?#@\\*]/.test(origin.replace('://', ''))) return null
  const url = URL.parse(origin)
  if (url === null || url.hostname === '') return null
  const defaults = new Map([
    ['http:', '80'],
    ['https:', '443'],
  ])
  return { scheme: url.protocol, hostname: url.hostname, port: url.port === '' ? (defaults.get(url.protocol) ?? '') : url.port }
}
