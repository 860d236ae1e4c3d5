import { codingWeights } from './coding-weights.ts'

/** Content codings that a file may have beside itself, the smaller first. */
const PREFERENCE = ['br', 'gzip'] as const
export type Encoding = (typeof PREFERENCE)[number]

/**
 * The smallest of the available content codings that a client accepts (RFC 9110, 12.5.3).
 *
 * @param header the `Accept-Encoding` of the request.
 * @returns null for the content as it is.
 */
export function chooseEncoding(header: string | undefined, available: Pick<ReadonlySet<Encoding>, 'has'>): Encoding | null {
  if (header === undefined) return null
  const weights = codingWeights(header)
  const isAccepted = (coding: Encoding) => (weights.get(coding) ?? weights.get('*') ?? 0) > 0
  return PREFERENCE.find((coding) => available.has(coding) && isAccepted(coding)) ?? null
}
