/** Squares of the least distance between two colours that are both kept, the first that leaves few enough. */
const STEPS = [0, 6, 10, 14, 18, 24, 30, 38, 48, 64].map((step) => step ** 2)

/**
 * Leaves a picture at most so many colours. Frequent ones come first, but a rare one that looks like no other stays too: a red buoy is small.
 *
 * @param data rows of red, green, blue, alpha; changed in place.
 */
export function reduceColours(data: Uint8ClampedArray, most: number): void {
  const words = new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4)
  const counts = new Map<number, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  const frequent = [...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))
  const kept = keptColours(frequent, most)
  const nearest = new Map(kept.map((word) => [word, word]))
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? 0
    let found = nearest.get(word)
    if (found === undefined) {
      found = kept.reduce((best, each) => (distance(each, word) < distance(best, word) ? each : best))
      nearest.set(word, found)
    }
    words[i] = found
  }
}

function keptColours(frequent: readonly number[], most: number): number[] {
  for (const step of STEPS) {
    const kept: number[] = []
    for (const word of frequent) {
      if (kept.length > most) break
      if (kept.every((each) => distance(each, word) > step)) kept.push(word)
    }
    if (kept.length <= most) return kept
  }
  return frequent.slice(0, most)
}

/** How far two colours are apart, squared. */
function distance(a: number, b: number): number {
  const channel = (shift: number) => (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2
  return channel(0) + channel(8) + channel(16)
}
