import type { Browser, CDPSession, Page } from 'playwright-core'

/** A server with the portal, and the browser that opens it. */
export interface Target {
  browser: Browser
  /** Without a final slash. */
  url: string
  /** Bearer string of a session of the administrator. */
  session: string
}

/** A signed-in window on an address of the portal, and the debugger of it. @param content what the page shows when it is there. */
export async function openWindow(
  { browser, url, session }: Target,
  address: string,
  content = JOB_LINK,
): Promise<{ page: Page; debug: CDPSession }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await page.goto(`${url}/sign-in?next=${encodeURIComponent(address)}#session=${session}`)
  await page.waitForURL(url + address)
  await page.waitForSelector(content)
  return { page, debug: await context.newCDPSession(page) }
}

/** A link to a job: content of the page of jobs. */
export const JOB_LINK = 'main a[href*="jobs/"]'
