/** The last lines of a log. */
export interface RecentLines {
  add(line: string): void
  /** Oldest first. */
  list(): string[]
}

const MOST_LINES = 400
/** Characters of a line that are kept. */
const LONGEST = 2_000

/** Keeps the last lines in memory, under one megabyte of them. */
export function createRecentLines(most = MOST_LINES): RecentLines {
  const lines: string[] = []
  let next = 0
  return {
    add(line) {
      lines[next % most] = line.slice(0, LONGEST).trimEnd()
      next++
    },
    list() {
      const start = next % most
      return next <= most ? [...lines] : [...lines.slice(start), ...lines.slice(0, start)]
    },
  }
}
