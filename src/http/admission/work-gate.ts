/** Limits of one kind of work. */
export interface GateLimits {
  /** Requests at work at once. */
  concurrency: number
  /** Requests that may wait, of all clients and of one. */
  waiting: number
  waitingPerClient: number
  /** Milliseconds that a request may wait. */
  waitMilliseconds: number
}

export type Refusal = 'client' | 'server' | 'late'

/** Admits requests of one kind up to a number at once; the others wait in bounded queues, one for each client. */
export interface WorkGate {
  /** Takes a place if one is free and no request waits for it. */
  tryEnter(): boolean
  /**
   * Waits for a place; clients with waiting requests take turns.
   *
   * @param settle called once, with null when the place is taken or with the reason of the refusal.
   * @returns a function that gives up waiting.
   */
  wait(client: string, settle: (refusal: Refusal | null) => void): () => void
  /** Frees a place. */
  leave(): void
  readonly load: { running: number; waiting: number }
}

interface Waiter {
  admit(): void
}

export function createWorkGate(limits: GateLimits): WorkGate {
  let running = 0
  let waiting = 0
  /** The first client is the next one; a client that was served moves to the end. */
  const queues = new Map<string, Waiter[]>()

  function remove(client: string, waiter: Waiter): void {
    const queue = queues.get(client)
    const index = queue?.indexOf(waiter) ?? -1
    if (queue === undefined || index < 0) return
    queue.splice(index, 1)
    waiting--
    if (queue.length === 0) queues.delete(client)
  }

  function admitNext(): void {
    const next = queues.entries().next()
    if (next.done) return
    const [client, queue] = next.value
    const [waiter] = queue
    if (waiter === undefined) return
    remove(client, waiter)
    if (queues.delete(client)) queues.set(client, queue)
    running++
    waiter.admit()
  }

  return {
    tryEnter() {
      if (running >= limits.concurrency || waiting > 0) return false
      running++
      return true
    },
    wait(client, settle) {
      const queue = queues.get(client) ?? []
      if (queue.length >= limits.waitingPerClient || waiting >= limits.waiting) {
        settle(queue.length >= limits.waitingPerClient ? 'client' : 'server')
        return () => {}
      }
      const waiter: Waiter = {
        admit() {
          clearTimeout(timer)
          settle(null)
        },
      }
      const timer = setTimeout(() => {
        remove(client, waiter)
        settle('late')
      }, limits.waitMilliseconds)
      queue.push(waiter)
      queues.set(client, queue)
      waiting++
      return () => {
        clearTimeout(timer)
        remove(client, waiter)
      }
    },
    leave() {
      running--
      if (running < limits.concurrency) admitNext()
    },
    get load() {
      return { running, waiting }
    },
  }
}
