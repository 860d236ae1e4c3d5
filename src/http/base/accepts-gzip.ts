import { codingWeights } from './coding-weights.ts'

const MOST_REMEMBERED = 100

/** Whether a client accepts gzip, by its `Accept-Encoding` header (RFC 9110, 12.5.3). */
export function acceptsGzip(header: string | undefined): boolean {
  if (header === undefined) return false
  const known = accepted.get(header)
  if (known !== undefined) return known
  const weights = codingWeights(header)
  const result = (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0
  if (accepted.size < MOST_REMEMBERED) accepted.set(header, result)
  return result
}

/** Cache of a pure function: a client sends the same header with each tile. Bounded, so invented headers cannot fill memory. */
const accepted = new Map<string, boolean>()
