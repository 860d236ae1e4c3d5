import type { Clock } from './clock.ts'
import { messageOf } from './errors.ts'
import type { Log } from './log.ts'

export interface Background {
  start(): void
  /** Ends the wait, aborts what runs and waits for it. */
  stop(): Promise<void>
}

export interface BackgroundOptions {
  name: string
  intervalMilliseconds: number
  /** Also once right at the start. */
  atStart: boolean
  clock: Clock
  log: Log
  runOnce(signal: AbortSignal): Promise<void>
}

/** Repeats work in the background. An error is logged and the next turn comes as usual: it must never end the process. */
export function createBackground(options: BackgroundOptions): Background {
  const { clock, log, name } = options
  const controller = new AbortController()
  let loop: Promise<void> | null = null

  async function run(): Promise<void> {
    const { signal } = controller
    for (let turn = 0; !signal.aborted; turn++) {
      if (turn > 0 || options.atStart) {
        await options.runOnce(signal).catch((error) => {
          if (!signal.aborted) log.warn({ err: error }, `${name}: ${messageOf(error)}; the next turn comes as usual`)
        })
      }
      // Not all servers at the same moment.
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
