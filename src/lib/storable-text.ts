/**
 * A stranger's text as the database takes it: PostgreSQL stores no U+0000 and no halves of characters, and control characters do no
 * good anywhere else. Each becomes a space, or U+FFFD for a half.
 */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll(/\p{Cc}/gu, ' ')
}
