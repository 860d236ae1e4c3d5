import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

// The one place that knows the metrics library. A registry is made by whoever builds the services and handed down: two
// servers in one process (tests) do not count together.

export type Labels = Readonly<Record<string, string>>

export interface Sample {
  labels: Labels
  value: number
}

/** What a pool of worker threads is doing. */
export interface ThreadLoad {
  threads: number
  busy: number
  /** Tasks that wait for a thread. */
  queued: number
}

export interface Metrics {
  /** A number that only rises; `add(labels)` adds one. Its name ends in `_total`. */
  counter(name: string, help: string, labels?: readonly string[]): { add(labels?: Labels, by?: number): void }
  /** How often values fell below each of the bounds, with their sum and number. */
  histogram(
    name: string,
    help: string,
    bounds: readonly number[],
    labels?: readonly string[],
  ): { observe(value: number, labels?: Labels): void }
  /**
   * A number that is read when it is asked for. What `read` does not mention is left out of the answer; when it throws, the
   * whole metric is, and the others are answered all the same.
   */
  gauge(name: string, help: string, read: () => readonly Sample[] | Promise<readonly Sample[]>, labels?: readonly string[]): void
  /** Adds what every Node process can say of itself: memory, processor, event loop delay, garbage collection. */
  addProcess(): void
  /** Everything in the Prometheus text format 0.0.4. */
  text(): Promise<string>
  readonly contentType: string
}

export function createMetrics(options: { onError?(name: string, error: unknown): void } = {}): Metrics {
  const registry = new Registry()
  const common = (name: string, help: string, labels: readonly string[] = []) => ({
    name,
    help,
    labelNames: [...labels],
    registers: [registry],
  })

  return {
    counter(name, help, labels) {
      const counter = new Counter(common(name, help, labels))
      return { add: (given = {}, by = 1) => counter.inc({ ...given }, by) }
    },
    histogram(name, help, bounds, labels) {
      const histogram = new Histogram({ ...common(name, help, labels), buckets: [...bounds] })
      return { observe: (value, given = {}) => histogram.observe({ ...given }, value) }
    },
    gauge(name, help, read, labels) {
      new Gauge({
        ...common(name, help, labels),
        async collect() {
          this.reset()
          // A gauge without labels is 0 after a reset, which would be a claim when it could not be read.
          if (labels === undefined) this.remove()
          try {
            for (const { labels: given, value } of await read()) this.set({ ...given }, value)
          } catch (error) {
            options.onError?.(name, error)
          }
        },
      })
    },
    addProcess: () => collectDefaultMetrics({ register: registry }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
