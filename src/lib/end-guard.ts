import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Shared by a task and the thread that may end it. Node ends the whole process when it ends a thread that has made a zlib handle and
 * not yet set it up, so a thread is ended only outside `uninterrupted`.
 */
export type EndGuard = Int32Array<SharedArrayBuffer>

/** A task as it is sent to its thread. */
export type Guarded<T extends object> = T & { guard: EndGuard }

const FREE = 0
const UNINTERRUPTED = 1
const ENDING = 2

const CHECK_MILLISECONDS = 2
/** A thread that dies inside `uninterrupted` never leaves it. */
const LONGEST_WAIT_MILLISECONDS = 10_000

const current = new AsyncLocalStorage<EndGuard>()

export function createEndGuard(): EndGuard {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
}

/** Runs a task whose thread may be ended; `uninterrupted` inside it takes this guard. */
export function underGuard<T>(guard: EndGuard, task: () => T): T {
  return current.run(guard, task)
}

/**
 * Runs work during which the thread must not be ended, such as making a zlib handle. Blocks for good once the thread is about to be
 * ended. Without a guard, as on the main thread, it just runs. Calls must not nest.
 */
export function uninterrupted<T>(work: () => T): T {
  const guard = current.getStore()
  if (guard === undefined) return work()
  while (Atomics.compareExchange(guard, 0, FREE, UNINTERRUPTED) === ENDING) Atomics.wait(guard, 0, ENDING)
  const leave = () => Atomics.store(guard, 0, FREE)
  let result: T
  try {
    result = work()
  } catch (error) {
    leave()
    throw error
  }
  if (result instanceof Promise) return result.finally(leave) as T
  leave()
  return result
}

/** Resolves when the thread of the task can be ended, and keeps it from entering `uninterrupted` again. */
export async function endable(guard: EndGuard): Promise<void> {
  const deadline = performance.now() + LONGEST_WAIT_MILLISECONDS
  while (Atomics.compareExchange(guard, 0, FREE, ENDING) === UNINTERRUPTED && performance.now() < deadline) {
    await sleep(CHECK_MILLISECONDS)
  }
}
