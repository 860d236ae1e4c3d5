import type { Clock } from './clock.ts'
import { limitRepeats } from './limit-repeats.ts'
import type { Log } from './log.ts'

export interface Background {
  start(): void
  /** Aborts the work under way and waits for it. */
  stop(): Promise<void>
}

export interface BackgroundOptions {
  name: string
  intervalMilliseconds: number
  /** Also runs once at the start. */
  atStart: boolean
  clock: Clock
  log: Log
  runOnce(signal: AbortSignal): Promise<void>
}

/** Repeats work in the background. An error is logged, at most once a minute, and never ends the process. */
export function createBackground(options: BackgroundOptions): Background {
  const { clock, name } = options
  const warnings = limitRepeats(options.log)
  const controller = new AbortController()
  let loop: Promise<void> | null = null

  async function run(): Promise<void> {
    const { signal } = controller
    for (let turn = 0; !signal.aborted; turn++) {
      if (turn > 0 || options.atStart) {
        await options.runOnce(signal).catch((error) => {
          if (!signal.aborted) warnings.warn({ err: error }, `${name} failed; it runs again at its next turn`)
        })
      }
      // Spreads the turns of several servers.
      const pause = options.intervalMilliseconds * (0.9 + 0.2 * Math.random())
      await clock.sleep(pause, signal).catch(() => {})
    }
  }

  return {
    start() {
      loop ??= run()
    },
    async stop() {
      controller.abort(new Error(`${name} stops`))
      await loop
    },
  }
}
