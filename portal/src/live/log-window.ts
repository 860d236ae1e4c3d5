import type { LogLevel, LogLine, LogPage } from '../api/records.ts'
import { createObservable } from '../lib/observable.ts'

export interface LogReader {
  /** The last lines. */
  tail(limit: number, signal: AbortSignal): Promise<LogPage>
  /** The lines before a number, oldest first. */
  before(seq: number, limit: number, signal: AbortSignal): Promise<LogPage>
  /** The lines after a number, oldest first. */
  after(seq: number, limit: number, signal: AbortSignal): Promise<LogPage>
}

export interface LogState {
  status: 'loading' | 'ready' | 'error'
  error: unknown
  /** Oldest first, without gaps except those that the server made. */
  lines: readonly LogLine[]
  /** Whether the first line of the log is loaded. */
  whole: boolean
  loadingOlder: boolean
  /** Reading everything stopped at the limit: older lines exist. */
  limited: boolean
}

export interface LogWindow {
  state: { get(): LogState; subscribe(listener: () => void): () => void }
  /** Reads the end of the log. */
  start(): Promise<void>
  /** Reads one page upward. */
  older(): Promise<void>
  /** Reads what was added since; called when the job's event comes. */
  newer(): Promise<void>
  /** Reads upward until the whole log is here, or the limit. */
  all(): Promise<void>
  dispose(): void
}

export const TAIL = 500
export const PAGE = 1_000
/** The most lines kept for searching. */
export const LONGEST_LOG = 10_000

/** The part of a job's log that this page has read. It grows upward by pages and downward as the job writes. */
export function createLogWindow(reader: LogReader): LogWindow {
  const state = createObservable<LogState>({
    status: 'loading',
    error: null,
    lines: [],
    whole: false,
    loadingOlder: false,
    limited: false,
  })
  const ending = new AbortController()
  const { signal } = ending
  let nextAfter = 0
  let readingNewer = false
  let askedAgain = false
  let readingOlder: Promise<void> | null = null

  const update = (change: Partial<LogState>): void => {
    if (!signal.aborted) state.set({ ...state.get(), ...change })
  }
  const isWhole = (lines: readonly LogLine[], limit: number, got: number): boolean =>
    got < limit || lines[0] === undefined || lines[0].seq <= 1

  async function start(): Promise<void> {
    try {
      const page = await reader.tail(TAIL, signal)
      nextAfter = page.nextAfter
      update({ status: 'ready', error: null, lines: page.logs, whole: isWhole(page.logs, TAIL, page.logs.length) })
    } catch (error) {
      update({ status: 'error', error })
    }
  }

  async function readOlder(): Promise<void> {
    const { lines, whole } = state.get()
    const first = lines[0]
    if (whole || first === undefined) return
    update({ loadingOlder: true })
    try {
      const { logs } = await reader.before(first.seq, PAGE, signal)
      const older = logs.filter((line) => line.seq < first.seq)
      const joined = [...older, ...state.get().lines]
      update({ lines: joined, whole: isWhole(joined, PAGE, logs.length), error: null })
    } catch (error) {
      update({ error })
      throw error
    } finally {
      update({ loadingOlder: false })
    }
  }

  function older(): Promise<void> {
    readingOlder ??= readOlder().finally(() => {
      readingOlder = null
    })
    return readingOlder
  }

  async function newer(): Promise<void> {
    if (state.get().status !== 'ready') return
    if (readingNewer) {
      askedAgain = true
      return
    }
    readingNewer = true
    try {
      for (;;) {
        askedAgain = false
        const { logs, nextAfter: next } = await reader.after(nextAfter, PAGE, signal)
        nextAfter = Math.max(nextAfter, next)
        const last = state.get().lines.at(-1)?.seq ?? 0
        const added = logs.filter((line) => line.seq > last)
        if (added.length > 0) update({ lines: [...state.get().lines, ...added] })
        if (logs.length < PAGE && !askedAgain) break
      }
      update({ error: null })
    } catch (error) {
      update({ error })
    } finally {
      readingNewer = false
    }
  }

  async function all(): Promise<void> {
    while (!state.get().whole && state.get().lines.length < LONGEST_LOG && !signal.aborted) {
      const before = state.get().lines.length
      await older()
      if (state.get().lines.length === before && !state.get().whole) return
    }
    update({ limited: !state.get().whole })
  }

  return {
    state,
    start,
    older: () => older().catch(() => {}),
    newer,
    all: () => all().catch(() => {}),
    dispose: () => ending.abort(),
  }
}

/** What is shown between two successive lines on screen. */
export type LogMark = { kind: 'attempt'; attempt: number } | { kind: 'dropped'; lines: number }

/** The marks before a line: where an attempt begins, and where the server dropped lines of a long log. */
export function marksBefore(line: LogLine, previous: LogLine | undefined): LogMark[] {
  const marks: LogMark[] = []
  if (previous !== undefined && line.seq > previous.seq + 1) marks.push({ kind: 'dropped', lines: line.seq - previous.seq - 1 })
  if (previous !== undefined ? line.attempt !== previous.attempt : line.attempt > 1) {
    marks.push({ kind: 'attempt', attempt: line.attempt })
  }
  return marks
}

export type LevelCounts = Record<LogLevel, number>

export function countLevels(lines: readonly LogLine[]): LevelCounts {
  const counts: LevelCounts = { info: 0, warning: 0, error: 0 }
  for (const line of lines) counts[line.type]++
  return counts
}

/** The numbers of the lines that hold the text, in any case. */
export function search(lines: readonly LogLine[], text: string): number[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return []
  return lines.filter((line) => line.message.toLowerCase().includes(wanted)).map((line) => line.seq)
}
