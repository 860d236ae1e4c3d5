import type { Buffer } from 'node:buffer'
import { seededRandom } from '../s57/invented-cells.ts'
import { MUTATIONS, type Mutation, mutate, type Pick } from './mutate.ts'
import type { SeedFile } from './seed-files.ts'

/** A mutated file with its mutations. */
export interface FuzzCase {
  seed: SeedFile
  bytes: Buffer
  mutations: Mutation[]
}

/**
 * Creates case `index` of a seed, always the same. Every other case flips one byte, in turn through the file; the others have one to
 * four changes of any kind.
 */
export function makeCase(seed: number, index: number, files: readonly SeedFile[]): FuzzCase {
  const random = seededRandom(Math.imul(seed, 0x9e37_79b1) ^ Math.imul(index + 1, 0x85eb_ca6b))
  // Adjacent seeds give similar first numbers.
  for (let i = 0; i < 3; i++) random()
  const pick: Pick = (limit) => Math.floor(random() * limit)
  const others = files.map((each) => each.bytes)
  const total = files.reduce((sum, { weight }) => sum + weight, 0)
  if (index % 2 === 0) {
    // In turn, so that every file is swept from its first byte to its last.
    const turn = index / 2
    const [file, nth] = byWeight(files, turn % total)
    const sweep = Math.floor(turn / total) * file.weight + nth
    return { seed: file, bytes: mutate(file.bytes, 'flip byte', pick, sweep, others), mutations: ['flip byte'] }
  }
  const [file] = byWeight(files, pick(total))
  const mutations = Array.from({ length: 1 + pick(4) }, () => MUTATIONS[1 + pick(MUTATIONS.length - 1)]!)
  return {
    seed: file,
    bytes: mutations.reduce((bytes, mutation) => mutate(bytes, mutation, pick, 0, others), file.bytes),
    mutations,
  }
}

/** Returns the file with share number `place` of all weights, and the number of that share within the file. */
function byWeight(files: readonly SeedFile[], place: number): [file: SeedFile, nth: number] {
  let left = place
  for (const file of files) {
    if (left < file.weight) return [file, left]
    left -= file.weight
  }
  throw new RangeError(`share ${place} does not exist`)
}
