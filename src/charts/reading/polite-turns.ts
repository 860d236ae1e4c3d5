/** Lets tasks begin when their turn has come. */
export interface PoliteTurns {
  /** Runs a task in its turn. @throws the signal's reason when it aborts before. */
  run<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T>
  /** Tasks that wait for their turn. */
  waiting(): number
}

export interface PoliteTurnsOptions {
  /** Tasks at once. */
  threads: number
  /** While it says yes, one thread of several rests, so that a processor is free for requests. */
  clientsAsk: () => boolean
}

/** How often a resting thread looks whether clients still ask. */
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
