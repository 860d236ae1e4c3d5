export interface WarningList {
  add(message: string): void
  /** The warnings in order of appearance; the last one counts those that were left out. */
  list(): string[]
}

/** Collects warnings up to `limit` and only counts the rest, so that a broken file cannot fill the memory with its own faults. */
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
