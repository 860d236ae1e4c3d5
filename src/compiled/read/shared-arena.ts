/** One piece of shared memory of a fixed size, divided into slots. A slot whose owner is not in use makes room for another. */
export interface SharedArena<Owner extends ArenaOwner> {
  /**
   * Gives an owner a slot. It takes the place that was used longest ago, and calls `onEvicted` for each owner that it takes it from.
   *
   * @returns the slot, or null when it would be larger than what is not in use anywhere.
   */
  take(owner: Owner, size: number): Uint8Array<SharedArrayBuffer> | null
  /** Records that the owner of a slot was used just now. */
  touch(owner: Owner): void
  /** Frees the slot of an owner. */
  free(owner: Owner): void
}

/** The owner of a slot, which keeps it while `uses` is above zero. */
export interface ArenaOwner {
  uses: number
}

/** Begins where the one before it ends; without an owner it is a gap. */
interface Slot<Owner> {
  at: number
  size: number
  owner: Owner | null
  /** Counts uses of the whole arena; zero for a gap. */
  usedAt: number
}

interface Room {
  /** Place of the first slot in the list, and of the one after the last. */
  from: number
  to: number
  usedAt: number
}

/** Columns of numbers begin at multiples of it. */
const ALIGNMENT = 8

/** Memory before the first slot, so that no slot lies at 0: that is where memory of its own begins (`OpenedCells`). */
const HEAD = ALIGNMENT

/** @param bytes room for slots. The system gives memory to the parts that have been written to, so an unused arena takes none. */
export function createSharedArena<Owner extends ArenaOwner>(
  bytes: number,
  onEvicted: (owner: Owner) => void,
): SharedArena<Owner> {
  const room = bytes - (bytes % ALIGNMENT)
  /** By place, without overlap. */
  const slots: Slot<Owner>[] = [{ at: HEAD, size: room, owner: null, usedAt: 0 }]
  const slotOf = new Map<Owner, Slot<Owner>>()
  let memory: SharedArrayBuffer | null = null
  let uses = 0

  /** Neighbouring slots, none of them in use, whose most recent use is the longest ago. */
  function oldestRoom(size: number): Room | null {
    let best: Room | null = null
    for (let from = 0; from < slots.length; from++) {
      let [usedAt, found] = [0, 0]
      for (let to = from; to < slots.length; to++) {
        const slot = slots[to]!
        if (slot.owner !== null && slot.owner.uses > 0) break
        usedAt = Math.max(usedAt, slot.usedAt)
        if (best !== null && usedAt >= best.usedAt) break
        found += slot.size
        if (found < size) continue
        best = { from, to: to + 1, usedAt }
        break
      }
      if (best?.usedAt === 0) break
    }
    return best
  }

  /** Makes one gap of a slot and the gaps beside it. */
  function makeGap(place: number): void {
    const from = slots[place - 1]?.owner === null ? place - 1 : place
    const to = slots[place + 1]?.owner === null ? place + 2 : place + 1
    const merged = slots.slice(from, to)
    const size = merged.reduce((sum, slot) => sum + slot.size, 0)
    slots.splice(from, merged.length, { at: merged[0]!.at, size, owner: null, usedAt: 0 })
  }

  return {
    take(owner, length) {
      const size = Math.max(ALIGNMENT, aligned(length))
      const found = size > room ? null : oldestRoom(size)
      if (found === null) return null
      const taken = slots.slice(found.from, found.to)
      const at = taken[0]!.at
      const left = taken.reduce((sum, slot) => sum + slot.size, 0) - size
      const rest: Slot<Owner>[] = left === 0 ? [] : [{ at: at + size, size: left, owner: null, usedAt: 0 }]
      const slot = { at, size, owner, usedAt: ++uses }
      slots.splice(found.from, taken.length, slot, ...rest)
      slotOf.set(owner, slot)
      if (left > 0) makeGap(found.from + 1)
      for (const { owner: evicted } of taken) {
        if (evicted === null) continue
        slotOf.delete(evicted)
        onEvicted(evicted)
      }
      memory ??= new SharedArrayBuffer(HEAD + room)
      return new Uint8Array(memory, at, length)
    },
    touch(owner) {
      const slot = slotOf.get(owner)
      if (slot !== undefined) slot.usedAt = ++uses
    },
    free(owner) {
      const slot = slotOf.get(owner)
      if (slot === undefined) return
      slotOf.delete(owner)
      makeGap(slots.indexOf(slot))
    },
  }
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT
}
