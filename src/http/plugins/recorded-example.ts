/** A request that a real server was sent, and its answer. */
export interface RecordedExample {
  path?: Readonly<Record<string, string | number>>
  query?: Readonly<Record<string, string | number>>
  body?: unknown
  /** Left out for an answer that is not JSON. */
  answer?: unknown
}
