import type { Timers } from './timers.ts'

export interface PollLoopOptions {
  timers: Timers
  /** One round of reading. @throws any error when it fails. */
  read(): Promise<void>
  onWait(milliseconds: number, failed: boolean): void
}

export interface PollLoop {
  start(): void
  stop(): void
}

const POLL_INTERVAL = 5_000
const LONGEST_INTERVAL = 30_000

/** Reads again and again. The wait starts after the response, so that slow responses never pile up; errors make it longer. */
export function createPollLoop({ timers, read, onWait }: PollLoopOptions): PollLoop {
  let round = 0
  let failures = 0
  let cancel = () => {}

  async function run(own: number): Promise<void> {
    let failed = false
    try {
      await read()
      failures = 0
    } catch {
      failed = true
      failures++
    }
    if (own !== round) return
    const wait = Math.min(LONGEST_INTERVAL, POLL_INTERVAL * 2 ** failures)
    onWait(wait, failed)
    cancel = timers.after(wait, () => void run(own))
  }

  return {
    start() {
      cancel()
      void run(++round)
    },
    stop() {
      round++
      failures = 0
      cancel()
    },
  }
}
