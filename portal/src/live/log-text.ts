/** A part of a log message: plain text, or something that the portal can link. */
export type LogPart = { kind: 'text'; text: string } | { kind: 'job'; id: string } | { kind: 'cell'; name: string }

const LINKED = /\b(?:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})|([A-Z]{2}[1-6][A-Z0-9]{5}))\b/g

/** Splits a message at the job ids (UUID) and cell names (S-57 appendix B.1, 5.6.1: eight characters) that it names. */
export function logParts(message: string): LogPart[] {
  const parts: LogPart[] = []
  let at = 0
  for (const match of message.matchAll(LINKED)) {
    if (match.index > at) parts.push({ kind: 'text', text: message.slice(at, match.index) })
    const [whole, job, cell] = match
    if (job !== undefined) parts.push({ kind: 'job', id: job })
    else parts.push({ kind: 'cell', name: cell ?? whole })
    at = match.index + whole.length
  }
  if (at < message.length || parts.length === 0) parts.push({ kind: 'text', text: message.slice(at) })
  return parts
}
