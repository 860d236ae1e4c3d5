const ESCAPE = /\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g

/**
 * JSON text that a jsonb column takes. PostgreSQL refuses the character 0 and lone surrogates, which file names and messages from
 * broken files do hold; both become U+FFFD. Without it, a job with such a result or error could never be settled.
 *
 * @throws TypeError for what JSON cannot hold: a cycle, a bigint.
 */
export function toJsonb(value: unknown): string {
  // Whole characters are written as they are, so an escape of a surrogate is a lone one; escaped backslashes are stepped over.
  return JSON.stringify(value ?? null).replace(ESCAPE, (match) => (match === '\\\\' ? match : '\\ufffd'))
}
