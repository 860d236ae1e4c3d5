// Every pattern here sees text from outside, so each takes linear time: no part of the text is scanned from more than a bounded
// number of starts. test/lib/regular-expressions.test.ts measures it.

/** `password=...`, `"token": "..."`, `Authorization: Basic ...`. */
const NAMED =
  /((?:password|passwd|passphrase|secret|token|authorization|cookie|credential|(?:api|access|private)[_-]?key)(?:[_-][\w-]{0,40})?)(\\{0,3}["']?\s*[=:]\s*)(?:(?:bearer|basic|digest|negotiate)\s+)?(?:\\{0,3}"[^"]*"|'[^']*'|[^\s,;&"'\\]+)/gi
/** `Bearer eyJ...` without a name before it. */
const SCHEME = /\b(bearer|basic)(\s+)[\w.~+/-]{16,}=*/gi
/** The user and password of an address. */
const USER_INFO = /(:\/\/)[^/?#\s"'<>]*@/g
/** Parameters of an address that grant access: tokens, keys, and the signatures of signed addresses. */
const PARAMETER =
  /([?&;](?:[\w.%-]{0,60}(?:signature|token|secret|passw|credential|auth|session|api[_-]?key|access[_-]?key|key-pair-id)[\w.%-]{0,60}|pwd|pass|key|sig|code|policy|hdnts|hmac)=)[^&#\s"'<>\\]+/gi
const SECRET_NAME =
  /^(?:password|passwd|passphrase|secret|token|authorization|cookie|credential|(?:api|access|private)[_-]?key)$/i

const HIDDEN = '[redacted]'
/** Our results and log fields are never nested more deeply. */
const DEEPEST = 20

/**
 * Hides secrets in a text: values of names such as `password`, credentials and access tokens of HTTP headers, user and password in
 * addresses, and the parameters of signed addresses. Takes linear time.
 */
export function redactSecrets(text: string): string {
  return text
    .replace(USER_INFO, `$1${HIDDEN}@`)
    .replace(PARAMETER, `$1${HIDDEN}`)
    .replace(NAMED, `$1$2${HIDDEN}`)
    .replace(SCHEME, `$1$2${HIDDEN}`)
}

/** A JSON value with the secrets in all its texts hidden, and members whose name says that they are secret. */
export function redactJson(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactSecrets(value)
  if (typeof value !== 'object' || value === null || depth >= DEEPEST) return value
  if (Array.isArray(value)) return value.map((item) => redactJson(item, depth + 1))
  // A date, for example, has its own JSON form.
  if ('toJSON' in value) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      typeof member === 'string' && SECRET_NAME.test(name) ? HIDDEN : redactJson(member, depth + 1),
    ]),
  )
}

/** A line of JSON with the secrets in it hidden. Lines without any are passed on unchanged, and not parsed. */
export function redactJsonLine(line: string): string {
  if (redactSecrets(line) === line) return line
  try {
    return `${JSON.stringify(redactJson(JSON.parse(line)))}\n`
  } catch {
    return redactSecrets(line)
  }
}
