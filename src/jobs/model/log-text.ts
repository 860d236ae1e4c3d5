import { redactSecrets } from '#lib/redact.ts'

const MAXIMUM_LENGTH = 8_192
const TRUNCATED = ' ... (truncated)'
// Built from code points, because biome forbids control characters in patterns.
const CONTROL = new RegExp(
  `[${String.fromCharCode(0)}-${String.fromCharCode(31)}${String.fromCharCode(127)}-${String.fromCharCode(159)}]`,
  'g',
)

/**
 * Makes a log line safe to store and to show. It limits the length to 8 KB before it looks at the text, which may come from a file
 * and be of any size. It redacts secrets, escapes control characters (a file name may contain terminal escapes), and replaces lone
 * surrogates, which UTF-8 cannot store.
 */
export function cleanLogText(text: string): string {
  const bounded = text.length <= MAXIMUM_LENGTH ? text : beforeCut(text.slice(0, MAXIMUM_LENGTH))
  const safe = redactSecrets(bounded.toWellFormed()).replace(
    CONTROL,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
  if (text.length <= MAXIMUM_LENGTH && safe.length <= MAXIMUM_LENGTH) return safe
  return `${safe.slice(0, MAXIMUM_LENGTH - TRUNCATED.length).toWellFormed()}${TRUNCATED}`
}

/** Drops the last word, of which the cut may have left the half of a secret that no pattern recognises. */
function beforeCut(text: string): string {
  const end = Math.max(text.lastIndexOf(' '), text.lastIndexOf('\n'))
  return end > MAXIMUM_LENGTH / 2 ? text.slice(0, end) : text
}
