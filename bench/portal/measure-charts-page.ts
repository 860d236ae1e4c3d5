import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { percentile } from '../jobs/figures.ts'
import { mainThreadOf } from './main-thread.ts'
import { openWindow, type Target } from './target.ts'

const ROW = 'main table tbody tr[aria-rowindex] a'
/** Ends a measurement that hangs. */
const PATIENCE = 60_000
/** Wheel events of a scroll, and pixels of each: some 400 rows. */
const TURNS = 120
const PIXELS = 200
/** Milliseconds for what follows an action. */
const REST = 500
/** More than are scrolled past. */
const PLAIN_LINES = 1_000

/** Milliseconds since the start of the navigation. */
interface Opened {
  table: number
  outlines: number
}

type BenchWindow = typeof globalThis & { bench?: { table: number | null } }

/** Notes the first row on the screen; the map marks when its outlines are drawn. */
const WATCH = `
  globalThis.bench = { table: null }
  const observer = new MutationObserver(() => {
    if (document.querySelector('${ROW}') === null) return
    observer.disconnect()
    requestAnimationFrame(() => setTimeout(() => { bench.table = performance.now() }))
  })
  observer.observe(document, { childList: true, subtree: true })
`

/** Records the time between frames from now on. */
const RECORD_FRAMES = `
  globalThis.frames = []
  let before = performance.now()
  const next = (now) => {
    frames.push(now - before)
    before = now
    globalThis.recording = requestAnimationFrame(next)
  }
  cancelAnimationFrame(globalThis.recording)
  globalThis.recording = requestAnimationFrame(next)
`

/** Opens All charts again and again, then scrolls its table and moves its map. @param slower factor of a slower processor. */
export async function measureChartsPage(target: Target, rounds: number, slower: number): Promise<void> {
  const { page, debug } = await openWindow(target, '/charts/cells', ROW)
  // The rows of the benchmark have no charts to draw land from.
  await page.route(/\/tiles\//, (route) => route.fulfill({ status: 200, body: '' }))
  await page.addInitScript({ content: WATCH })
  await debug.send('Emulation.setCPUThrottlingRate', { rate: slower })
  const opened: Opened[] = []
  for (let round = 0; round < rounds; round++) opened.push(await open(page))
  for (const part of ['table', 'outlines'] as const) {
    const times = opened.map((each) => each[part])
    console.log(`  ${part} on the screen: median ${ms(percentile(times, 0.5))}, worst ${ms(Math.max(...times))}`)
  }
  // What the pointer highlights when it rests on a row, before and after the scroll, is measured below.
  await page.locator('main section[aria-label="Charts"]').hover()
  await sleep(REST)
  await framesOf(target.browser, page, 'scrolling the table', () => wheel(page, 'main section[aria-label="Charts"]', PIXELS), 100)
  await framesOf(target.browser, page, 'pointing at rows', () => point(page, 'main section[aria-label="Charts"]'))
  await framesOf(target.browser, page, 'pointing at outlines', () => point(page, 'main canvas'))
  await framesOf(target.browser, page, 'zooming the map', () => wheel(page, 'main canvas', -PIXELS / 4))
  await framesOf(target.browser, page, 'typing a name', () =>
    page.getByRole('searchbox').pressSequentially('XX5000', { delay: 60 }),
  )
  await scrollPlainList(target.browser, page)
  await page.context().close()
}

/** The same scroll over plain lines of text without a script: what frames take on this machine whatever a page does. */
async function scrollPlainList(browser: Browser, page: Page): Promise<void> {
  const plain = await page.context().newPage()
  const lines = Array.from({ length: PLAIN_LINES }, (_, i) => `<p>Line ${i} of a list that does nothing</p>`)
  await plain.setContent(`<section style="height: 90vh; overflow-y: auto">${lines.join('')}</section>`)
  await framesOf(browser, plain, 'for comparison, scrolling a plain list', () => wheel(plain, 'section', PIXELS))
}

async function open(page: Page): Promise<Opened> {
  await page.reload()
  // A function: the policy of the page forbids to make one of a text.
  await page.waitForFunction(
    () => (globalThis as BenchWindow).bench?.table !== null && performance.getEntriesByName('outlines drawn').length > 0,
    undefined,
    { timeout: PATIENCE },
  )
  return await page.evaluate<Opened>(
    `({ table: bench.table, outlines: performance.getEntriesByName('outlines drawn')[0].startTime })`,
  )
}

async function framesOf(browser: Browser, page: Page, what: string, act: () => Promise<void>, rest = REST): Promise<void> {
  const main = await mainThreadOf(browser, page, async () => {
    await page.evaluate(RECORD_FRAMES)
    await act()
    await sleep(rest)
  })
  const frames = await page.evaluate<number[]>('frames')
  const slow = frames.filter((frame) => frame > 50)
  console.log(
    `  ${what}: ${frames.length} frames, median ${ms(percentile(frames, 0.5))}, worst ${ms(Math.max(...frames))}, ${slow.length} over 50 ms; ` +
      `main thread ${ms(main.total)}, longest task ${ms(main.longest)}, ${main.slow} over 50 ms`,
  )
}

async function wheel(page: Page, selector: string, pixels: number): Promise<void> {
  await page.locator(selector).hover()
  for (let turn = 0; turn < TURNS; turn++) {
    await page.mouse.wheel(0, pixels)
    await sleep(16)
  }
}

/** Moves the pointer across an element from its top left to its bottom right corner. */
async function point(page: Page, selector: string): Promise<void> {
  const box = await page.locator(selector).boundingBox()
  if (box === null) throw new Error(`${selector} is not on the page`)
  for (let turn = 1; turn < TURNS; turn++) {
    const share = turn / TURNS
    await page.mouse.move(box.x + box.width * share, box.y + box.height * share)
    await sleep(16)
  }
}

const ms = (milliseconds: number) => `${Math.round(milliseconds)} ms`
