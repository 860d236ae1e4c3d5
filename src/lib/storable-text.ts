/**
 * Makes untrusted text storable: PostgreSQL stores neither U+0000 nor lone surrogates, and control characters are useless elsewhere. Each
 * becomes a space, and a lone surrogate U+FFFD.
 */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll(/\p{Cc}/gu, ' ')
}
