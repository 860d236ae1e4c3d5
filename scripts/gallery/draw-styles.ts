import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { openPortalPage } from '#test/browser/portal-page.ts'

/** The invented harbour: latitude, longitude, zoom. */
export const PLACE = '42.9475,-34.93,12.5'
const STYLES = {
  light: { name: 'Bridge by day', theme: 'day', colors: { LANDA: '#d8c48a', DEPMS: '#63b8ff', CHBRN: '#b58a5c' } },
  dark: { name: 'Dusk', theme: 'dusk', colors: { DEPVS: '#2a5580' } },
  night: { name: 'Night watch', theme: 'night', colors: { LANDA: '#22180a' } },
} as const

/**
 * Draws the pages of styles in each scheme, on a desk and a phone: the list, and the editor with the colours of a clicked place; on the desk
 * also with the settings and a comparison.
 *
 * @returns what went wrong on the pages, one line each.
 */
export async function drawStyles(browser: Browser, origin: string, folder: string, session: string): Promise<string[]> {
  const problems: string[] = []
  const ids = await makeStyles(origin, session)
  for (const scheme of ['light', 'dark', 'night'] as const) {
    for (const viewport of ['desk', 'phone'] as const) {
      const window = await openPortalPage(browser, origin, { scheme, viewport })
      const { page } = window
      const draw = async (name: string) => {
        await page.mouse.move(0, 0)
        const file = `${name}-${scheme}-${viewport}.jpg`
        await page.waitForTimeout(2_500)
        await page.screenshot({ path: path.join(folder, file), type: 'jpeg', quality: 82 })
        problems.push(...[...window.problems(), ...(await window.axe())].map((problem) => `${file}: ${problem}`))
        console.log(file)
      }
      await page.addInitScript({ content: `localStorage.setItem('chartroom.place', '${PLACE}')` })
      await window.openSignedIn(session, '/styles')
      await page.locator('img').nth(2).waitFor()
      await draw('styles')
      await window.open(`/styles/${ids[scheme]}`)
      await clickForColours(page)
      await draw('style')
      if (viewport === 'desk') {
        await page.getByRole('button', { name: 'Settings', exact: true }).click()
        await page.getByRole('button', { name: 'Compare' }).click()
        await page.getByRole('menuitem', { name: 'With the theme' }).click()
        await draw('style-compare')
      }
      await window.close()
    }
  }
  return problems
}

/** Clicks the map of the editor until its chart is loaded and the colours of the clicked place are shown. */
export async function clickForColours(page: Page): Promise<void> {
  const found = page.getByRole('region', { name: 'Where you clicked' }).getByText(/^(?!NODTA)[A-Z][A-Z0-9]{4}\b/)
  for (let turn = 0; turn < 60; turn++) {
    await page.locator('canvas').click()
    const isTold = found.first().waitFor({ timeout: 1_000 })
    if (await isTold.then(() => true).catch(() => false)) return
  }
  throw new Error('the editor has not told the colours of the place')
}

/** One style for each scheme. @returns their ids. */
export async function makeStyles(origin: string, session: string): Promise<Record<keyof typeof STYLES, number>> {
  const headers = { authorization: `Bearer ${session}`, 'content-type': 'application/json' }
  const post = async (route: string, body: unknown): Promise<number> => {
    const answer = await fetch(`${origin}/api/portal/v1/styles${route}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return ((await answer.json()) as { id: number }).id
  }
  const ids = { light: 0, dark: 0, night: 0 }
  for (const scheme of ['night', 'dark', 'light'] as const) {
    const { name, theme, colors } = STYLES[scheme]
    ids[scheme] = await post('', { name, theme })
    await post(`/${ids[scheme]}`, { parameters: { colors, settings: { theme, iconSet: `enc-${theme}` } } })
  }
  return ids
}
