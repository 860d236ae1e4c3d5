/** Lets each task begin when its turn has come. */
export interface PoliteTurns {
  /** Runs a task when its turn has come. @throws the signal's reason when it aborts before. */
  run<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T>
  /** Tasks that wait for their turn. */
  waiting(): number
}

export interface PoliteTurnsOptions {
  /** Tasks at once. */
  threads: number
  /** While it returns true, one thread of several rests, so that a processor is free for requests. */
  clientsAsk: () => boolean
}

/** How often a resting thread checks whether clients are still sending requests. */
const LOOK_MILLISECONDS = 100

/** Tasks begin in the order of their arrival. */
export function createPoliteTurns({ threads, clientsAsk }: PoliteTurnsOptions): PoliteTurns {
  const waiting = new Set<() => void>()
  let running = 0
  let looking: NodeJS.Timeout | null = null

  const most = () => (threads > 1 && clientsAsk() ? threads - 1 : threads)

  function beginWaiting(): void {
    for (const begin of waiting) {
      if (running >= most()) break
      waiting.delete(begin)
      running++
      begin()
    }
    if (waiting.size > 0) looking ??= setInterval(beginWaiting, LOOK_MILLISECONDS)
    else if (looking !== null) {
      clearInterval(looking)
      looking = null
    }
  }

  function turn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const begin = () => {
      signal.removeEventListener('abort', leave)
      resolve()
    }
    const leave = () => {
      waiting.delete(begin)
      beginWaiting()
      reject(signal.reason as Error)
    }
    signal.addEventListener('abort', leave, { once: true })
    waiting.add(begin)
    beginWaiting()
    return promise
  }

  return {
    async run(signal, task) {
      await turn(signal)
      try {
        return await task()
      } finally {
        running--
        beginWaiting()
      }
    },
    waiting: () => waiting.size,
  }
}
