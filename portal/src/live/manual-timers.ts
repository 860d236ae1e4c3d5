import type { Timers } from './timers.ts'

/** Timers whose time moves only when a test moves it. */
export interface ManualTimers extends Timers {
  /** Advances the time, runs what falls due in order, and lets promises settle in between. */
  advance(milliseconds: number): Promise<void>
  /** The number of calls that wait. */
  waiting(): number
}

export function createManualTimers(start = 1_000_000): ManualTimers {
  let now = start
  let calls: { at: number; callback: () => void }[] = []
  const settled = async () => {
    for (let turn = 0; turn < 5; turn++) await new Promise<void>((done) => setTimeout(done))
  }
  return {
    now: () => now,
    waiting: () => calls.length,
    after(milliseconds, callback) {
      const call = { at: now + milliseconds, callback }
      calls.push(call)
      return () => {
        calls = calls.filter((other) => other !== call)
      }
    },
    async advance(milliseconds) {
      const end = now + milliseconds
      await settled()
      for (;;) {
        const [next] = calls.filter((call) => call.at <= end).toSorted((a, b) => a.at - b.at)
        if (next === undefined) break
        calls = calls.filter((call) => call !== next)
        now = next.at
        next.callback()
        await settled()
      }
      now = end
    },
  }
}
