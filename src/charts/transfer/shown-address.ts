import { shortened } from '#lib/shortened.ts'

/**
 * An address as logs and errors may show it: without user, password and fragment, and with `?...` for its query, which may be a signature.
 * Every message about an address goes through here.
 * @param given a URL, or an untrusted text that should be one.
 */
export function shownAddress(given: URL | string): string {
  const url = typeof given === 'string' ? URL.parse(given) : given
  if (url === null || !SCHEMES.has(url.protocol)) return shownText(String(given))
  const shown = new URL(url)
  const query = shown.search === '' ? '' : '?...'
  shown.username = ''
  shown.password = ''
  shown.search = ''
  shown.hash = ''
  return `${shortened(shown.href, 200)}${query}`
}

const SCHEMES = new Set(['http:', 'https:', 'file:', 'ftp:'])

/** What cannot be parsed as an address, without what looks like a secret. */
function shownText(text: string): string {
  return shortened(text, 200)
    .replace(/[?#].*$/s, '?...')
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)?[^/]*@/i, '$1')
}
