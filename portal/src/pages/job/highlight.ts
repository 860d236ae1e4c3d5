/** Splits a text at the places that a search found, in any case. */
export function highlighted(text: string, query: string): { at: number; text: string; found: boolean }[] {
  const wanted = query.trim().toLowerCase()
  const folded = text.toLowerCase()
  // Some letters change their length with their case; positions then do not match.
  if (wanted === '' || folded.length !== text.length) return [{ at: 0, text, found: false }]
  const pieces: { at: number; text: string; found: boolean }[] = []
  let from = 0
  for (let at = folded.indexOf(wanted); at >= 0; at = folded.indexOf(wanted, from)) {
    if (at > from) pieces.push({ at: from, text: text.slice(from, at), found: false })
    from = at + wanted.length
    pieces.push({ at, text: text.slice(at, from), found: true })
  }
  if (from < text.length) pieces.push({ at: from, text: text.slice(from), found: false })
  return pieces
}
