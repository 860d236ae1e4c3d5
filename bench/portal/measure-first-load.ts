import type { CDPSession } from 'playwright-core'
import { percentile } from '../jobs/figures.ts'
import { JOB_LINK, openWindow, type Target } from './target.ts'

const SLOWER = 4
const BYTES_PER_SECOND = 10_000_000 / 8
const ROUND_TRIP_MILLISECONDS = 5
/** The page counts as usable once its script has been quiet for so long. */
const QUIET_MILLISECONDS = 500

/** Milliseconds since the start of the navigation. */
interface Seen {
  painted: number
  longTaskEnds: number[]
}
type BenchWindow = typeof globalThis & { bench?: { painted: number | null; longTaskEnds: number[] } }

/** Watches for the first job on the screen and for long tasks of the main thread (over 50 ms), from the start of the navigation. */
const WATCH = `
  globalThis.bench = { painted: null, longTaskEnds: [] }
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) bench.longTaskEnds.push(task.startTime + task.duration)
  }).observe({ type: 'longtask', buffered: true })
  const observer = new MutationObserver(() => {
    if (document.querySelector('${JOB_LINK}') === null) return
    observer.disconnect()
    requestAnimationFrame(() => setTimeout(() => { bench.painted = performance.now() }))
  })
  observer.observe(document, { childList: true, subtree: true })
`

/** Opens the list of jobs again and again with an empty cache, on a slow processor and network. */
export async function measureFirstLoad(target: Target, rounds: number): Promise<void> {
  const { page, debug } = await openWindow(target, '/jobs')
  await page.addInitScript({ content: WATCH })
  await debug.send('Network.enable')
  await debug.send('Network.setCacheDisabled', { cacheDisabled: true })
  await debug.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  await debug.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: ROUND_TRIP_MILLISECONDS,
    downloadThroughput: BYTES_PER_SECOND,
    uploadThroughput: BYTES_PER_SECOND,
  })
  const traffic = recordTraffic(debug, target.url)
  const painted: number[] = []
  const usable: number[] = []
  for (let round = 0; round < rounds; round++) {
    traffic.clear()
    await page.reload()
    await page.waitForFunction((quiet) => {
      const { painted = null, longTaskEnds = [] } = (globalThis as BenchWindow).bench ?? {}
      return painted !== null && performance.now() - Math.max(painted, ...longTaskEnds) > quiet
    }, QUIET_MILLISECONDS)
    const seen = await page.evaluate<Seen>('bench')
    painted.push(seen.painted)
    usable.push(Math.max(seen.painted, ...seen.longTaskEnds))
  }
  const { files, answers } = traffic.sums()
  console.log(`first load of /jobs, ${SLOWER} x slower processor, 10 Mbit/s, ${ROUND_TRIP_MILLISECONDS} ms, ${rounds} rounds:`)
  console.log(`  files ${kilobytes(files)} as sent, answers of the API ${kilobytes(answers)}`)
  console.log(
    `  jobs on the screen: median ${Math.round(percentile(painted, 0.5))} ms, worst ${Math.round(Math.max(...painted))} ms`,
  )
  console.log(`  usable: median ${Math.round(percentile(usable, 0.5))} ms, worst ${Math.round(Math.max(...usable))} ms`)
  await page.context().close()
}

/** Counts the bytes of the network, with headers, as the browser received them. */
function recordTraffic(debug: CDPSession, origin: string) {
  const urls = new Map<string, string>()
  const sizes = new Map<string, number>()
  debug.on('Network.responseReceived', ({ requestId, response }) => void urls.set(requestId, response.url))
  debug.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    sizes.set(requestId, encodedDataLength)
  })
  return {
    clear() {
      urls.clear()
      sizes.clear()
    },
    sums() {
      let [files, answers] = [0, 0]
      for (const [id, size] of sizes) {
        if (urls.get(id)?.startsWith(`${origin}/api/`)) answers += size
        else files += size
      }
      return { files, answers }
    },
  }
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
