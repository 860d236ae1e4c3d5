/** Returns a seeded random number generator (0 up to 1). Integer arithmetic makes it the same on every machine. */
export function createRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Returns smooth noise from -1 to 1 at a place, with detail at half, a quarter ... of the unit. */
export function fractalNoise(x: number, y: number, seed: number, octaves: number): number {
  let sum = 0
  let total = 0
  let weight = 1
  let scale = 1
  for (let octave = 0; octave < octaves; octave++) {
    sum += weight * latticeNoise(x * scale, y * scale, seed + octave * 1013)
    total += weight
    weight /= 2
    scale *= 2
  }
  return sum / total
}

function latticeNoise(x: number, y: number, seed: number): number {
  const column = Math.floor(x)
  const row = Math.floor(y)
  const across = ease(x - column)
  const up = ease(y - row)
  const south = mix(latticeValue(column, row, seed), latticeValue(column + 1, row, seed), across)
  const north = mix(latticeValue(column, row + 1, seed), latticeValue(column + 1, row + 1, seed), across)
  return mix(south, north, up)
}

const mix = (a: number, b: number, t: number) => a + (b - a) * t
const ease = (t: number) => t * t * t * (t * (t * 6 - 15) + 10)

function latticeValue(column: number, row: number, seed: number): number {
  let hash = Math.imul(column, 374_761_393) ^ Math.imul(row, 668_265_263) ^ Math.imul(seed, 1_274_126_177)
  hash = Math.imul(hash ^ (hash >>> 13), 1_103_515_245)
  hash = Math.imul(hash ^ (hash >>> 16), 2_246_822_519)
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 31 - 1
}
