export interface SingleFlight<T> {
  /** Joins the work under way for a key, or begins it. The work is stopped when all who wait for it have gone. */
  run(key: string, signal: AbortSignal, work: (stop: AbortSignal) => Promise<T>): Promise<T>
}

interface Flight<T> {
  result: Promise<T>
  stop: AbortController
  waiting: number
}

/** The same thing asked for by many at once is made once. */
export function createSingleFlight<T>(): SingleFlight<T> {
  const flights = new Map<string, Flight<T>>()

  function begin(key: string, work: (stop: AbortSignal) => Promise<T>): Flight<T> {
    const stop = new AbortController()
    const flight = { result: work(stop.signal), stop, waiting: 0 }
    const end = () => {
      if (flights.get(key) === flight) flights.delete(key)
    }
    flight.result.then(end, end)
    flights.set(key, flight)
    return flight
  }

  return {
    async run(key, signal, work) {
      signal.throwIfAborted()
      const flight = flights.get(key) ?? begin(key, work)
      flight.waiting++
      const left = Promise.withResolvers<never>()
      const leave = () => left.reject(signal.reason as Error)
      signal.addEventListener('abort', leave, { once: true })
      try {
        return await Promise.race([flight.result, left.promise])
      } finally {
        signal.removeEventListener('abort', leave)
        if (--flight.waiting === 0) {
          // Whoever asks from now on must not join a work that is being stopped.
          if (flights.get(key) === flight) flights.delete(key)
          flight.stop.abort(new Error('nobody waits for it any more'))
        }
      }
    },
  }
}
