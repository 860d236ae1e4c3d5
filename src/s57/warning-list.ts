export interface WarningList {
  add(message: string): void
  /** The warnings in order; the last one counts those beyond the limit. */
  list(): string[]
}

/** Collects warnings up to `limit` and counts the rest, so that a broken file cannot fill memory with its faults. */
export function createWarningList(limit = 100): WarningList {
  const messages: string[] = []
  let more = 0
  return {
    add(message) {
      if (messages.length < limit) messages.push(message)
      else more++
    },
    list: () => (more === 0 ? [...messages] : [...messages, `... and ${more} more`]),
  }
}
