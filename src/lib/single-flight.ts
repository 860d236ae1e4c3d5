export interface SingleFlight<T> {
  /** Joins the work in progress for a key, or starts it. The work is stopped when every caller has aborted. */
  run(key: string, signal: AbortSignal, work: (stop: AbortSignal) => Promise<T>): Promise<T>
}

interface Flight<T> {
  result: Promise<T>
  stop: AbortController
  callers: number
}

/** Coalesces concurrent requests for one key. */
export function createSingleFlight<T>(): SingleFlight<T> {
  const flights = new Map<string, Flight<T>>()

  function start(key: string, work: (stop: AbortSignal) => Promise<T>): Flight<T> {
    const stop = new AbortController()
    const flight = { result: work(stop.signal), stop, callers: 0 }
    const settle = () => {
      if (flights.get(key) === flight) flights.delete(key)
    }
    flight.result.then(settle, settle)
    flights.set(key, flight)
    return flight
  }

  return {
    async run(key, signal, work) {
      signal.throwIfAborted()
      const flight = flights.get(key) ?? start(key, work)
      flight.callers++
      const left = Promise.withResolvers<never>()
      const leave = () => left.reject(signal.reason as Error)
      signal.addEventListener('abort', leave, { once: true })
      try {
        return await Promise.race([flight.result, left.promise])
      } finally {
        signal.removeEventListener('abort', leave)
        if (--flight.callers === 0) {
          // The next caller must not join work that is being stopped.
          if (flights.get(key) === flight) flights.delete(key)
          flight.stop.abort(new Error('every caller has aborted'))
        }
      }
    },
  }
}
