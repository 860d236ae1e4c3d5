const MAXIMUM_LENGTH = 8_192
const SECRET =
  /\b(password|passwd|secret|token|authorization|api[_-]?key)(["']?\s*[=:]\s*)(?:bearer\s+)?("[^"]*"|'[^']*'|[^\s,;&]+)/gi
const URL_CREDENTIALS = /(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s:@]*:[^/\s@]*@/gi
// Built from code points, because biome forbids control characters in patterns.
const CONTROL = new RegExp(
  `[${String.fromCharCode(0)}-${String.fromCharCode(31)}${String.fromCharCode(127)}-${String.fromCharCode(159)}]`,
  'g',
)

/**
 * Makes a log line safe to store and to show. It redacts named secrets and credentials in URLs, escapes control characters (a file
 * name may contain terminal escapes), replaces lone surrogates, which UTF-8 cannot store, and limits the length to 8 KB.
 */
export function cleanLogText(text: string): string {
  const safe = text
    .toWellFormed()
    .replace(SECRET, '$1$2[redacted]')
    .replace(URL_CREDENTIALS, '$1[redacted]@')
    .replace(CONTROL, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
  return safe.length <= MAXIMUM_LENGTH ? safe : `${safe.slice(0, MAXIMUM_LENGTH - 16).toWellFormed()} ... (truncated)`
}
