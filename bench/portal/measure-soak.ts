import { setTimeout as sleep } from 'node:timers/promises'
import type { CDPSession } from 'playwright-core'
import type { BusyJobs } from './busy-jobs.ts'
import { openWindow, type Target } from './target.ts'

const REPORT_SECONDS = 60
/** Until caches and lists have their size. */
const WARM_UP_SECONDS = 15

/** Adds a line to each of fifty jobs once a second, for as long as asked, and shows what the page holds after garbage collections. */
export async function measureSoak(target: Target, busy: BusyJobs, seconds: number): Promise<void> {
  const { page, debug } = await openWindow(target, '/jobs')
  await debug.send('Performance.enable')
  await debug.send('HeapProfiler.enable')
  let events = 0
  const changing = setInterval(() => {
    for (const id of busy.ids) busy.line(id)
    events += busy.ids.length
  }, 1_000)
  console.log(`${busy.ids.length} events a second for ${seconds} s; after a garbage collection:`)
  await sleep(WARM_UP_SECONDS * 1_000)
  await report(debug, 'at the start')
  for (let at = REPORT_SECONDS; at < seconds; at += REPORT_SECONDS) {
    await sleep(REPORT_SECONDS * 1_000)
    await report(debug, `after ${at} s`)
  }
  await sleep((seconds % REPORT_SECONDS || REPORT_SECONDS) * 1_000)
  clearInterval(changing)
  await report(debug, 'at the end')
  console.log(`  ${events} changes were made`)
  await busy.close()
  await page.context().close()
}

async function report(debug: CDPSession, when: string): Promise<void> {
  for (let round = 0; round < 3; round++) await debug.send('HeapProfiler.collectGarbage')
  const { metrics } = await debug.send('Performance.getMetrics')
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
  const heap = (value('JSHeapUsedSize') / 1e6).toFixed(1)
  console.log(`  ${when.padEnd(14)} heap ${heap} MB, ${value('Nodes')} nodes, ${value('JSEventListeners')} listeners`)
}
