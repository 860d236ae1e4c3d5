import type { Browser, Page } from 'playwright-core'

/** What `pages/maplibre.js` offers to the tests. */
interface ChartWindow {
  chart?: {
    problems: string[]
    open(style: unknown, center: readonly [number, number], zoom: number): Promise<void>
    go(center: readonly [number, number], zoom: number): Promise<void>
    setStyle(style: unknown): Promise<number>
  }
}

export interface Viewport {
  width: number
  height: number
}

/** A MapLibre page in Chromium. Coordinates are longitude, latitude in degrees; zooms are those of 512 px tiles. */
export interface ChartPage {
  page: Page
  /** Opens a style, by its address or as a document, and waits until everything is drawn. */
  open(style: unknown, center: readonly [number, number], zoom: number): Promise<void>
  /** MapLibre only. Moves the map and waits until everything is drawn. */
  go(center: readonly [number, number], zoom: number): Promise<void>
  /** MapLibre only. Changes the style. @returns the milliseconds until everything is drawn. */
  setStyle(style: unknown): Promise<number>
  /** A PNG of the window. */
  picture(): Promise<Buffer>
  /** Missing images, failed requests, errors of the console and of the content security policy since the page opened. */
  problems(): Promise<string[]>
  close(): Promise<void>
}

/** Opens a page of `pages/`. @param address of the page, such as `http://127.0.0.1:8080/maplibre.html`. */
export async function openChartPage(
  browser: Browser,
  address: string,
  viewport: Viewport,
  deviceScaleFactor = 1,
): Promise<ChartPage> {
  const context = await browser.newContext({ viewport, deviceScaleFactor })
  const page = await context.newPage()
  const problems = recordProblems(page)
  await page.goto(address)
  await page.waitForFunction(() => (globalThis as ChartWindow).chart !== undefined)
  return {
    page,
    open: (style, center, zoom) =>
      page.evaluate(async (to) => (globalThis as ChartWindow).chart?.open(to.style, to.center, to.zoom), { style, center, zoom }),
    go: (center, zoom) =>
      page.evaluate(async (to) => (globalThis as ChartWindow).chart?.go(to.center, to.zoom), { center, zoom }),
    setStyle: (style) =>
      page.evaluate(async (to) => (await (globalThis as ChartWindow).chart?.setStyle(to)) ?? Number.NaN, style),
    picture: () => page.screenshot({ type: 'png' }),
    problems: async () => [...problems, ...(await page.evaluate(() => (globalThis as ChartWindow).chart?.problems ?? []))],
    close: () => context.close(),
  }
}

/** Records what goes wrong on a page: errors and warnings of its console, its exceptions, and requests that fail. */
export function recordProblems(page: Page): string[] {
  const problems: string[] = []
  page.on('console', (message) => {
    // Software rendering warns about its own speed.
    if (/GPU stall|GL Driver Message|software WebGL/i.test(message.text())) return
    if (['error', 'warning'].includes(message.type())) problems.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => problems.push(`exception: ${error.message}`))
  page.on('requestfailed', (request) => {
    // The map aborts the requests of tiles that are no longer in view.
    const reason = request.failure()?.errorText ?? ''
    if (reason !== 'net::ERR_ABORTED') problems.push(`request: ${request.url()} ${reason}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`response: ${response.status()} ${response.url()}`)
  })
  return problems
}
