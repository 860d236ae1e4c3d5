import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'

export const VIEWPORTS = {
  desk: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
} as const

export interface PortalPageOptions {
  /** Default: a desk with a light scheme. */
  viewport?: keyof typeof VIEWPORTS
  scheme?: 'light' | 'dark' | 'night'
  /** A signed-in context, to open another tab of it. */
  context?: BrowserContext
}

/** A window of the portal in Chromium that records everything that goes wrong. */
export interface PortalPage {
  page: Page
  /** Opens an address of the portal, such as `/jobs?show=failed`. */
  open(address: string): Promise<void>
  /** Opens an address with a session, as the sign-in address of `npm run demo` does. */
  openSignedIn(session: string, address: string): Promise<void>
  /**
   * Errors and warnings of the console, exceptions, requests that failed, reports of the content security policy, and requests to another
   * origin, since the window opened or `forgive` was called.
   */
  problems(): string[]
  /** Removes expected problems, such as the answer 401 that a test provokes. @throws Error when there was none. */
  forgive(expected: RegExp): void
  /** Serious and critical findings of axe, one line each. @param rules default: all. */
  axe(rules?: readonly string[]): Promise<string[]>
  close(): Promise<void>
}

/** Far longer than a busy machine needs: it ends a test that hangs. */
const HANGS_MILLISECONDS = 60_000

/** Runs in the page before its own scripts. */
const REPORT_VIOLATIONS = `document.addEventListener('securitypolicyviolation', (event) =>
  reportPolicyViolation(event.effectiveDirective + ' blocked ' + event.blockedURI + ' of ' + event.sourceFile))`

/** Chooses a scheme as the user menu does, unless the page already has preferences. The key is that of portal/src/state/preferences.ts. */
function preferScheme(scheme: string): string {
  return `localStorage.getItem('chartroom.preferences') ?? localStorage.setItem('chartroom.preferences', '{"scheme":"${scheme}"}')`
}

/** Opens a window. @param origin of the server, such as `http://127.0.0.1:9909`, with its sub-folder if it has one. */
export async function openPortalPage(browser: Browser, origin: string, options: PortalPageOptions = {}): Promise<PortalPage> {
  const { viewport = 'desk', scheme = 'light' } = options
  const context = options.context ?? (await browser.newContext({ ...VIEWPORTS[viewport], ignoreHTTPSErrors: true }))
  const page = await context.newPage()
  page.setDefaultTimeout(HANGS_MILLISECONDS)
  let problems: string[] = []
  await page.exposeFunction('reportPolicyViolation', (text: string) => problems.push(`policy: ${text}`))
  await page.addInitScript({ content: REPORT_VIOLATIONS })
  await page.addInitScript({ content: preferScheme(scheme) })
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => problems.push(`exception: ${error.message}`))
  page.on('request', (request) => {
    const { protocol, origin: to } = new URL(request.url())
    if (protocol.startsWith('http') && to !== new URL(origin).origin) problems.push(`foreign request: ${request.url()}`)
  })
  page.on('requestfailed', (request) => {
    // The portal aborts what it no longer needs: streams of a hidden window, lists of a page that was left.
    const reason = request.failure()?.errorText ?? ''
    if (reason !== 'net::ERR_ABORTED') problems.push(`request: ${request.url()} ${reason}`)
  })

  return {
    page,
    open: async (address) => void (await page.goto(origin + address)),
    async openSignedIn(session, address) {
      await page.goto(`${origin}/sign-in?next=${encodeURIComponent(address)}#session=${session}`)
      await page.waitForURL(origin + address)
    },
    problems: () => [...problems],
    forgive(expected) {
      const kept = problems.filter((problem) => !expected.test(problem))
      if (kept.length === problems.length) throw new Error(`no problem matches ${expected}: ${problems.join('\n')}`)
      problems = kept
    },
    axe: (rules) => findingsOf(page, rules),
    close: () => (options.context === undefined ? context.close() : page.close()),
  }
}

interface AxeResults {
  violations: { id: string; impact: string | null; help: string; nodes: { target: unknown[] }[] }[]
}

/** Runs axe by the debugger, which the content security policy does not hinder. */
async function findingsOf(page: Page, rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in globalThis"))) {
    await page.evaluate(await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8'))
  }
  const options = { resultTypes: ['violations'], ...(rules === undefined ? {} : { runOnly: rules }) }
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(options)})`)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, help, nodes }) => `${impact}: ${id}: ${help}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}
