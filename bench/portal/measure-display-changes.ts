import type { Locator, Page } from 'playwright-core'
import { percentile } from '../jobs/figures.ts'
import { openWindow, type Target } from './target.ts'

/** The invented harbour: latitude, longitude, zoom. */
const HARBOUR = '42.9475,-34.93,13'
const CANVAS = 'main canvas'
/** Ends a measurement that hangs. */
const PATIENCE = 60_000
/** The first changes of each kind are not counted: their documents are fetched, and the code is still cold. */
const WARM_UP = 4

interface Taken {
  /** From the input to the call of the map: React and the panel. */
  asked: number
  /** Until MapLibre has received every change. */
  applied: number
  /** MapLibre's part of the next frame, which takes the changes over and draws them; the wait for that frame is not in it. */
  drawn: number
}

/** Records when the control was used, before the page is told, and when each part of a frame begins. */
const WATCH = `
  globalThis.frames = []
  for (const kind of ['input', 'click']) addEventListener(kind, () => { globalThis.usedAt ??= performance.now() }, { capture: true })
  const before = requestAnimationFrame
  globalThis.requestAnimationFrame = (draw) => before((time) => {
    frames.push(performance.now())
    draw(time)
  })
`
const CLEAR = `globalThis.usedAt = undefined; frames.length = 0; performance.clearMarks('display asked'); performance.clearMeasures()`
const READ = `(() => {
  const [asked] = performance.getEntriesByName('display asked')
  const [applied] = performance.getEntriesByName('display change')
  const [drawn] = performance.getEntriesByName('display change drawn')
  const end = drawn.startTime + drawn.duration
  return {
    asked: asked.startTime - usedAt,
    applied: applied.duration,
    drawn: end - frames.filter((start) => start <= end).at(-1),
  }
})()`

/**
 * Changes the safety depth, the colours, the units and a group again and again, between two values each. Counted is the page's work: from the
 * input to the call of the map, telling MapLibre, and MapLibre's part of the next frame. Not counted are the rest of 150 ms before a style
 * is asked for, the documents, which are kept, the wait for the frame, and the tiles that workers cut again afterwards.
 *
 * @param slower factor of a slower processor.
 */
export async function measureDisplayChanges(target: Target, rounds: number, slower: number): Promise<void> {
  const { page, debug } = await openWindow(target, '/jobs', 'main')
  await page.goto(`${target.url}/map?at=${HARBOUR}`)
  await page.waitForSelector(CANVAS, { timeout: PATIENCE })
  await page
    .locator('footer')
    .getByText(/XX\dDEMO[A-Z] \d+\.\d+, 1:/)
    .waitFor({ timeout: PATIENCE })
  await page.getByRole('button', { name: 'Display' }).click()
  await page.evaluate(WATCH)
  await debug.send('Emulation.setCPUThrottlingRate', { rate: slower })
  const panel = page.locator('section[aria-label="Display"]')
  const depth = panel.getByLabel('Safety depth', { exact: false }).first()
  const turns: readonly (readonly [string, readonly (() => Promise<void>)[]])[] = [
    ['safety depth', [() => depth.fill('4'), () => depth.fill('11')]],
    ['colours', [() => choose(panel, 'Night'), () => choose(panel, 'Day')]],
    ['units', [() => choose(panel, 'Feet'), () => choose(panel, 'Metres')]],
    ['a group', [() => flip(panel), () => flip(panel)]],
  ]
  console.log(`a change of display, ${slower} x slower processor, ${rounds} of each kind:`)
  for (const [name, acts] of turns) {
    const taken: Taken[] = []
    for (let round = 0; round < WARM_UP + rounds; round++) {
      const act = acts[round % acts.length]
      if (act === undefined) continue
      const time = await measure(page, act)
      if (round >= WARM_UP) taken.push(time)
    }
    const part = (of: (time: Taken) => number, share: number) => percentile(taken.map(of), share).toFixed(1)
    const whole = ({ asked, applied, drawn }: Taken) => asked + applied + drawn
    console.log(
      `  ${name}: median ${part(whole, 0.5)} ms, 95 % ${part(whole, 0.95)} ms; page ${part((time) => time.asked, 0.5)}, telling MapLibre ${part((time) => time.applied, 0.5)}, its frame ${part((time) => time.drawn, 0.5)} ms`,
    )
  }
  await page.context().close()
}

async function measure(page: Page, act: () => Promise<void>): Promise<Taken> {
  await page.evaluate(CLEAR)
  await act()
  await page.waitForFunction(() => performance.getEntriesByName('display change drawn').length > 0, undefined, {
    timeout: PATIENCE,
  })
  return await page.evaluate<Taken>(READ)
}

async function choose(panel: Locator, word: string): Promise<void> {
  await panel.getByText(word, { exact: true }).click()
}

async function flip(panel: Locator): Promise<void> {
  await panel.getByRole('checkbox').first().click()
}
