import { setTimeout as sleep } from 'node:timers/promises'
import { percentile } from '../jobs/figures.ts'
import type { BusyJobs } from './busy-jobs.ts'
import { openWindow, type Target } from './target.ts'

const SLOWER = 4
/** Ends a measurement that hangs. */
const PATIENCE = 10_000

/**
 * Records when each per cent of a job is on the screen: a frame after the change of the bar beside the link to the job. Times are
 * milliseconds since the Unix epoch, which the browser and this process share.
 */
const watch = (id: string) => `
  globalThis.shownAt = {}
  new MutationObserver(() => {
    const row = document.querySelector('main a[href*="jobs/${id}"]')?.closest('tr, li, [role=row], article')
    const percent = row?.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow')
    if (percent == null || percent in shownAt) return
    shownAt[percent] = null
    requestAnimationFrame(() => setTimeout(() => { shownAt[percent] = performance.timeOrigin + performance.now() }))
  }).observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true })
`

/** The time from the arrival of a job's event, as another client sees it, to the changed bar on the screen. */
export async function measureEvents(target: Target, busy: BusyJobs, rounds: number): Promise<void> {
  const [id = ''] = busy.ids
  const { page, debug } = await openWindow(target, '/jobs')
  await page.waitForSelector(`main a[href*="jobs/${id}"]`)
  await debug.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  await page.evaluate(watch(id))
  const arrivals = await follow(target, id)
  const times: number[] = []
  for (let round = 1; round <= rounds; round++) {
    const known = arrivals.at.size
    busy.progress(id, (98 * round) / rounds)
    for (const deadline = performance.now() + PATIENCE; ; await sleep(10)) {
      const [percent, arrived] = [...arrivals.at].at(known) ?? [null, 0]
      const shown = percent === null ? null : await page.evaluate<number | null>(`shownAt['${percent}'] ?? null`)
      if (shown !== null) {
        times.push(shown - arrived)
        break
      }
      if (performance.now() > deadline) throw new Error(`${percent ?? 'no'} % was not shown`)
    }
    // More than the portal waits between two patches of a row.
    await sleep(500)
  }
  arrivals.close()
  await busy.close()
  console.log(
    `a job's event on the screen, ${SLOWER} x slower processor, ${times.length} events: median ${Math.round(percentile(times, 0.5))} ms, 95 % ${Math.round(percentile(times, 0.95))} ms, worst ${Math.round(Math.max(...times))} ms`,
  )
  await page.context().close()
}

/** Follows the events with a client of our own: when each per cent of the job arrived, in that order. */
async function follow({ url, session }: Target, id: string): Promise<{ at: Map<number, number>; close(): void }> {
  const at = new Map<number, number>()
  const closing = new AbortController()
  const answer = await fetch(`${url}/api/portal/v1/jobs/events`, {
    headers: { authorization: `Bearer ${session}` },
    signal: closing.signal,
  })
  const read = async () => {
    let rest = ''
    for await (const text of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (rest + text).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks.filter((each) => each.includes(id))) {
        const percent = Number(/"percentComplete":(\d+)/.exec(block)?.[1])
        if (!at.has(percent)) at.set(percent, performance.timeOrigin + performance.now())
      }
    }
  }
  read().catch((error: unknown) => {
    if (!closing.signal.aborted) throw error
  })
  return { at, close: () => closing.abort() }
}
