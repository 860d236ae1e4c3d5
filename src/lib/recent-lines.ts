/** The last lines of a log. */
export interface RecentLines {
  add(line: string): void
  /** Oldest first. */
  list(): string[]
}

const MOST_LINES = 300
/** Characters of a line that are kept: an error with its stack and its cause fits. */
const LONGEST = 6_000

/** Keeps the last lines in memory: two megabytes at the very most, a tenth of a megabyte of usual lines. */
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
