import { createSingleFlight } from '#lib/single-flight.ts'
import type { TileCache } from '../cache/tile-cache.ts'
import type { Outline } from '../view/outline.ts'
import type { PlannedPlace } from './divide-ground.ts'
import type { PlanGround } from './plan-ground.ts'
import { planKey } from './plan-key.ts'
import { MOST_PLANS } from './plans-in-memory.ts'

/** `divideGround`, done once: results are kept by `planKey`, so none can outlive a change of what it is made of. */
export interface KeptPlans {
  /**
   * Which of the outlines, in the order of their claim, have ground. Callers that ask for the same share the work, which stops when all
   * have aborted.
   */
  divide(ground: PlanGround, outlines: readonly Outline[], signal: AbortSignal): Promise<PlannedPlace[]>
  /** Does the same ahead of need, while nothing else waits for a thread. */
  prepare(ground: PlanGround, outlines: readonly Outline[], signal: AbortSignal): Promise<void>
}

export interface KeptPlansOptions {
  /** `divideGround`, in a worker thread; `idle` when nothing else waits for one. */
  divide(
    ground: PlanGround,
    outlines: readonly Outline[],
    signal: AbortSignal,
    urgency: 'asked' | 'idle',
  ): Promise<PlannedPlace[]>
  /** Keeps plans of more than `KEPT_ON_DISK` outlines, for the time after a restart. */
  cache: Pick<TileCache, 'get' | 'put'>
  /** How many stay in memory (`plansInMemory`). */
  mostPlans?: number | undefined
}

/** Plans of no more outlines than this are made again after a restart: that takes a few milliseconds. */
export const KEPT_ON_DISK = 250

export function createKeptPlans({ divide, cache, mostPlans = MOST_PLANS }: KeptPlansOptions): KeptPlans {
  /** By key, in the order of use. */
  const memory = new Map<string, Uint32Array>()
  const flights = createSingleFlight<Uint32Array>()

  function keep(key: string, plan: Uint32Array): void {
    memory.delete(key)
    memory.set(key, plan)
    for (const oldest of memory.keys()) {
      if (memory.size <= mostPlans) break
      memory.delete(oldest)
    }
  }

  async function find(
    key: string,
    [ground, outlines]: [PlanGround, readonly Outline[]],
    signal: AbortSignal,
    urgency: 'asked' | 'idle',
  ): Promise<Uint32Array> {
    const isLarge = outlines.length > KEPT_ON_DISK
    const stored = isLarge ? await cache.get(key) : null
    if (stored !== null) return decode(stored)
    const plan = encode(await divide(ground, outlines, signal, urgency))
    if (isLarge) await cache.put(key, new Uint8Array(plan.buffer))
    return plan
  }

  return {
    async divide(ground, outlines, signal) {
      const key = planKey(ground, outlines)
      const known =
        memory.get(key) ?? (await flights.run(key, signal, async (stop) => await find(key, [ground, outlines], stop, 'asked')))
      keep(key, known)
      return toPlaces(known)
    },
    async prepare(ground, outlines, signal) {
      const key = planKey(ground, outlines)
      if (memory.has(key)) return
      // Not shared with clients, who must not wait for a thread to be idle.
      keep(key, await flights.run(`idle ${key}`, signal, async (stop) => await find(key, [ground, outlines], stop, 'idle')))
    },
  }
}

/** Each place times two, plus one when it is near. */
function encode(places: readonly PlannedPlace[]): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(places, ({ place, isNear }) => place * 2 + (isNear ? 1 : 0))
}

function decode(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(Uint8Array.from(bytes).buffer)
}

function toPlaces(plan: Uint32Array): PlannedPlace[] {
  return Array.from(plan, (value) => ({ place: value >> 1, isNear: (value & 1) === 1 }))
}
