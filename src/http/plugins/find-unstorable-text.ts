/**
 * Finds a string or member name that PostgreSQL cannot hold: one with the character NUL or an unpaired surrogate.
 *
 * @param value parsed JSON of any depth.
 * @returns a JSON pointer (RFC 6901) to the first one found, or null.
 */
export function findUnstorableText(value: unknown): string | null {
  const open: { value: unknown; pointer: string }[] = [{ value, pointer: '' }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: found, pointer } = next
    if (typeof found === 'string' && !isStorable(found)) return pointer
    if (typeof found !== 'object' || found === null) continue
    for (const [name, member] of Object.entries(found)) {
      if (!isStorable(name)) return pointer
      open.push({ value: member, pointer: `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}` })
    }
  }
  return null
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}
