import type { Browser, Page } from 'playwright-core'

/** What the main thread of a page did in a period, according to Chromium's trace. */
export interface MainThread {
  /** Tasks that needed more than 50 ms of the processor. */
  slow: number
  /** Milliseconds of the processor: the longest task, and all tasks. */
  longest: number
  total: number
}

const SLOW = 50

interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  /** Microseconds of the processor. */
  tdur?: number
  args: { name?: string }
}

/**
 * Does something in a page and tells how long the tasks of its main thread were. Counted is the time of the processor, so that what else the
 * machine does counts little, and neither does the drawing in software, which other threads do.
 */
export async function mainThreadOf(browser: Browser, page: Page, act: () => Promise<void>): Promise<MainThread> {
  await browser.startTracing(page, { categories: ['toplevel'] })
  await act()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  const mains = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
  // Chromium keeps a spare page ready; the one that works is meant.
  const times = mains.map((main) =>
    traceEvents
      .filter(({ name, ph, pid, tid }) => name.endsWith('RunTask') && ph === 'X' && pid === main.pid && tid === main.tid)
      .map(({ tdur = 0 }) => tdur / 1_000),
  )
  const sum = (each: readonly number[]) => each.reduce((total, time) => total + time, 0)
  const busiest = times.reduce<number[]>((most, each) => (sum(each) > sum(most) ? each : most), [])
  return { slow: busiest.filter((time) => time > SLOW).length, longest: Math.max(0, ...busiest), total: sum(busiest) }
}
