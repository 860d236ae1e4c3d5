import type { GeoJsonGeometry } from '#tiles/draw/geo-json.ts'

/** The most bytes of a response: a client on a boat's link would wait seconds for more. */
const BUDGET_BYTES = 1_048_576
/** Positions of an outline from which on it counts as large: some 60 kB. */
const LARGE_POSITIONS = 2_500

/**
 * Writes the results of a feature query as JSON, up to the budget and at least one: the nearest first, but large outlines only where there
 * is room for them. Otherwise two of them around the position would leave no room for any buoy. The member `truncated` appears only when
 * some are left out.
 * @param features the nearest first, which is the order of the answer too.
 */
export function writeResults(features: readonly { geometry: GeoJsonGeometry }[], budgetBytes = BUDGET_BYTES): Uint8Array {
  const written = new Map<number, string>()
  let bytes = 0
  const write = (at: number): boolean => {
    const text = JSON.stringify(features[at])
    bytes += Buffer.byteLength(text) + 1
    if (bytes > budgetBytes && written.size > 0) return false
    written.set(at, text)
    return true
  }
  const { plain = [], large = [] } = Object.groupBy(features.keys(), (at) =>
    isLarge(features[at]!.geometry) ? 'large' : 'plain',
  )
  for (const at of [...plain, ...large]) if (!write(at)) break
  const results = [...features.keys()].flatMap((at) => written.get(at) ?? [])
  const truncated = results.length < features.length ? ',"truncated":true' : ''
  return new TextEncoder().encode(`{"results":[${results.join(',')}]${truncated}}`)
}

function isLarge({ coordinates }: GeoJsonGeometry): boolean {
  let positions = 0
  const count = (part: unknown): boolean => {
    if (!Array.isArray(part)) return false
    if (typeof part[0] === 'number') return ++positions > LARGE_POSITIONS
    return part.some(count)
  }
  return count(coordinates)
}
