import assert from 'node:assert/strict'
import type { PortalPage } from './portal-page.ts'

const SCHEMES = ['light', 'dark', 'night'] as const

/**
 * Checks what a window shows in every scheme: accessible, no wider than the window, and without an error of the console, a policy report, or a
 * request to another origin. The scheme that it has is examined whole; of the others only what depends on colours.
 *
 * @param expected problems that are part of the state.
 */
export async function checkLooks(window: PortalPage, place: string, expected?: RegExp): Promise<void> {
  const { page } = window
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
  const own = await page.evaluate<string>('document.documentElement.dataset.scheme')
  const found = await window.axe()
  for (const scheme of SCHEMES.filter((each) => each !== own)) {
    await page.evaluate(dress(scheme))
    found.push(...(await window.axe(['color-contrast'])).map((finding) => `${scheme}: ${finding}`))
  }
  await page.evaluate(dress(own))
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
  if (wide > 0) found.push(`the page is ${wide} pixels wider than its window`)
  const problems = [...found, ...window.problems()].filter((problem) => expected?.test(problem) !== true)
  assert.deepEqual(problems, [], place)
}

/** What the portal sets on its root element for a scheme. */
function dress(scheme: string): string {
  return `document.documentElement.dataset.scheme = '${scheme}'
    document.documentElement.dataset.mantineColorScheme = '${scheme === 'light' ? 'light' : 'dark'}'`
}
