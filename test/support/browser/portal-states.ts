import type { Page } from 'playwright-core'

/** What a page reads in addition to the user and the server's facts, which the shell needs. */
const READS = /\/api\/portal\/v1\/(?:jobs|user\/sessions|agreements)(?:[/?]|$)/

/**
 * Lets the reads of a page fail as a server with a broken database fails them. The event stream stays, so the page is not offline.
 *
 * @param reads the addresses that fail.
 */
export async function failReads(page: Page, reads: RegExp = READS): Promise<void> {
  await page.route(reads, async (route) => {
    if (route.request().method() !== 'GET' || route.request().url().includes('/events')) return await route.fallback()
    await route.fulfill({
      status: 500,
      contentType: 'application/problem+json',
      headers: { 'x-request-id': '0199d5a0-7000' },
      body: JSON.stringify({
        type: 'about:blank',
        title: 'Internal Server Error',
        status: 500,
        code: 'INTERNAL',
        detail: 'Something went wrong in the server. Its log has the reason.',
      }),
    })
  })
}
