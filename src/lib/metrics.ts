import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

// The only file that uses the metrics library. The composition creates a registry and passes it down, so that two servers in one
// process (tests) count separately.

export type Labels = Readonly<Record<string, string>>

export interface Sample {
  labels: Labels
  value: number
}

/** The load of a pool of worker threads. */
export interface ThreadLoad {
  threads: number
  busy: number
  /** Tasks that wait for a thread. */
  queued: number
}

export interface Metrics {
  /** A number that only increases; `add(labels)` adds one. Its name ends in `_total`. */
  counter(name: string, help: string, labels?: readonly string[]): { add(labels?: Labels, by?: number): void }
  /** Counts values below each bound, with their sum and total count. */
  histogram(
    name: string,
    help: string,
    bounds: readonly number[],
    labels?: readonly string[],
  ): { observe(value: number, labels?: Labels): void }
  /**
   * A number that is read per scrape. Labels that `read` does not return are omitted; when it throws, so is the whole metric, and
   * the others are still returned.
   */
  gauge(name: string, help: string, read: () => readonly Sample[] | Promise<readonly Sample[]>, labels?: readonly string[]): void
  /** Adds the metrics of the Node process: memory, processor, descriptors, event loop delay, garbage collection. */
  addProcess(): void
  /** All metrics in the Prometheus text format 0.0.4. */
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
          // A reset sets a gauge without labels to 0, which would be a wrong value if it cannot be read.
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
