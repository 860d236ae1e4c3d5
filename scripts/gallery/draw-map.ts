import path from 'node:path'
import type { Browser } from 'playwright-core'
import { openPortalPage } from '#test/browser/portal-page.ts'

/** Latitude and longitude of the invented harbour, and a line across its channel. */
const VIEWS = {
  card: 'at=42.9475,-34.93,13&pick=42.9475,-34.93',
  profile: 'at=42.937,-34.92,12.5&line=42.93,-34.94~42.935,-34.9&tool=profile&depth=5',
  display: 'at=42.9475,-34.93,12&layers=all',
}
const THEMES = { day: 'light', dusk: 'dark', night: 'night' } as const

/**
 * Draws the map of the portal by day, at dusk and by night, on a desk and a phone, with a card, a profile and the display panel open.
 *
 * @returns what went wrong on the pages, one line each.
 */
export async function drawMap(browser: Browser, origin: string, folder: string, session: string): Promise<string[]> {
  const problems: string[] = []
  for (const [theme, scheme] of Object.entries(THEMES)) {
    for (const viewport of ['desk', 'phone'] as const) {
      for (const [name, view] of Object.entries(VIEWS)) {
        const file = `map-${name}-${theme}-${viewport}.jpg`
        const window = await openPortalPage(browser, origin, { scheme, viewport })
        const next = encodeURIComponent(`/map?${view}&theme=${theme}`)
        await window.page.goto(`${origin}/sign-in?next=${next}#session=${session}`)
        const inUse = window.page.locator('footer').getByText(/DEMO[A-Z] \d+\.\d+, 1:/)
        await inUse.waitFor({ timeout: 60_000 })
        if (name === 'card') await window.page.locator('article').first().waitFor()
        if (name === 'profile') await window.page.getByText('Shoalest').waitFor()
        if (name === 'display') await window.page.getByRole('button', { name: 'Display', exact: true }).click()
        await window.page.waitForTimeout(2_500)
        await window.page.screenshot({ path: path.join(folder, file), type: 'jpeg', quality: 82 })
        problems.push(...[...window.problems(), ...(await window.axe())].map((problem) => `${file}: ${problem}`))
        await window.close()
        console.log(file)
      }
    }
  }
  return problems
}
