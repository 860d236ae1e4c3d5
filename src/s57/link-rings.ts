import { appendChain, type Chain, turnChain } from './edge-chain.ts'
import type { PositionBuffer } from './position-buffer.ts'
import type { RingSpan } from './ring-measures.ts'

/** A closed ring in the buffer. */
export interface Ring extends RingSpan {
  /** USAG of the ring's first edge. */
  usage: number
}

/**
 * Links edges to closed rings and writes their positions to `buffer`; `factor` is COMF. S-57 lists the edges of a ring in order (part
 * 3, clause 4.7.3); when the next edge does not continue the line, any unused edge with an end there does, in either direction. A gap
 * under a hundredth of the ring's length is closed by a straight line; other open rings are left out.
 */
export function linkRings(
  chains: readonly Chain[],
  factor: number,
  buffer: PositionBuffer,
  warn: (message: string) => void,
): Ring[] {
  const rings: Ring[] = []
  const used = new Uint8Array(chains.length)
  let ends: Map<string, number[]> | null = null

  /** Returns an unused edge with an end at the given point, and drops used edges from the index on the way. */
  const findAt = (x: number, y: number): number => {
    ends ??= indexEnds(chains)
    const list = ends.get(`${x} ${y}`)
    while (list !== undefined && list.length > 0) {
      const index = list[list.length - 1]!
      if (used[index] === 0) return index
      list.pop()
    }
    return -1
  }

  for (let first = 0; first < chains.length; first++) {
    if (used[first] === 1) continue
    const start = chains[first]!
    used[first] = 1
    let { lastX, lastY } = start
    let next = first + 1
    const from = buffer.length
    appendChain(buffer, start, factor, false)
    while (lastX !== start.firstX || lastY !== start.firstY) {
      let index = next
      let chain = chains[index]
      if (chain === undefined || used[index] === 1 || chain.firstX !== lastX || chain.firstY !== lastY) {
        index = findAt(lastX, lastY)
        chain = chains[index]
        if (chain === undefined) break
        if (chain.firstX !== lastX || chain.firstY !== lastY) chain = turnChain(chain)
      }
      used[index] = 1
      appendChain(buffer, chain, factor, true)
      lastX = chain.lastX
      lastY = chain.lastY
      next = index + 1
    }
    if (lastX !== start.firstX || lastY !== start.firstY) {
      if (!closeSmallGap(buffer, from)) {
        warn('left out edges that form no closed ring')
        buffer.length = from
        continue
      }
      warn('closed a ring with a small gap by a straight line')
    }
    if (buffer.length - from < 8) {
      warn('left out a ring of fewer than three corners')
      buffer.length = from
    } else rings.push({ start: from, end: buffer.length, usage: start.usage })
  }
  return rings
}

function indexEnds(chains: readonly Chain[]): Map<string, number[]> {
  const ends = new Map<string, number[]>()
  const add = (key: string, index: number) => {
    const list = ends.get(key)
    if (list === undefined) ends.set(key, [index])
    else list.push(index)
  }
  // From the last to the first, because `findAt` takes from the end of the list and earlier edges should come first.
  for (let index = chains.length - 1; index >= 0; index--) {
    const chain = chains[index]!
    add(`${chain.lastX} ${chain.lastY}`, index)
    add(`${chain.firstX} ${chain.firstY}`, index)
  }
  return ends
}

/** Closes the line that begins at `from` when the gap is small against its length; false when it is not. */
function closeSmallGap(buffer: PositionBuffer, from: number): boolean {
  const { data, length: end } = buffer
  let length = 0
  for (let i = from + 2; i < end; i += 2) length += Math.hypot(data[i]! - data[i - 2]!, data[i + 1]! - data[i - 1]!)
  const x = data[from]!
  const y = data[from + 1]!
  if (Math.hypot(x - data[end - 2]!, y - data[end - 1]!) * 100 > length) return false
  buffer.data[end] = x
  buffer.data[end + 1] = y
  buffer.flags[end / 2] = 0
  buffer.length = end + 2
  return true
}
