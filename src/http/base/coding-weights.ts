/** The content codings of an `Accept-Encoding` header with their weights, 0 to 1 (RFC 9110, 12.5.3), in lower case. */
export function codingWeights(header: string): Map<string, number> {
  const weights = new Map<string, number>()
  for (const part of header.toLowerCase().split(',')) {
    const [coding, ...parameters] = part.split(';').map((text) => text.trim())
    const quality = parameters.find((text) => text.startsWith('q='))?.slice(2)
    if (coding) weights.set(coding, quality === undefined ? 1 : Number(quality))
  }
  return weights
}
