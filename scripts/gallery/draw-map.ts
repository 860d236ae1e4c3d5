import path from 'node:path'
import type { Browser } from 'playwright-core'
import { openPortalPage } from '#test/browser/portal-page.ts'

/** A line across the channel of the invented harbour, and the harbour itself; the card is that of a lit buoy. */
const VIEWS = {
  profile: 'at=42.937,-34.92,12.5&line=42.93,-34.94~42.935,-34.9&tool=profile&depth=5',
  display: 'at=42.9475,-34.93,12&layers=all',
  reports: 'at=42.9475,-34.93,13&panel=reports',
}
const THEMES = { day: 'light', dusk: 'dark', night: 'night' } as const

/**
 * Draws the map of the portal by day, at dusk and by night, on a desk and a phone, with a card, a profile and the display panel open.
 *
 * @returns what went wrong on the pages, one line each.
 */
export async function drawMap(browser: Browser, origin: string, folder: string, session: string): Promise<string[]> {
  const problems: string[] = []
  await report(origin, session)
  const buoy = (await litBuoy(origin, session)).join(',')
  const views = { card: `at=${buoy},14&pick=${buoy}`, ...VIEWS }
  for (const [theme, scheme] of Object.entries(THEMES)) {
    for (const viewport of ['desk', 'phone'] as const) {
      for (const [name, view] of Object.entries(views)) {
        const file = `map-${name}-${theme}-${viewport}.jpg`
        const window = await openPortalPage(browser, origin, { scheme, viewport })
        const next = encodeURIComponent(`/map?${view}&theme=${theme}`)
        await window.page.goto(`${origin}/sign-in?next=${next}#session=${session}`)
        const inUse = window.page.locator('footer').getByText(/DEMO[A-Z] \d+\.\d+, 1:/)
        await inUse.waitFor({ timeout: 60_000 })
        if (name === 'card') await window.page.locator('article').first().waitFor()
        if (name === 'profile') await window.page.getByText('Shoalest').waitFor()
        if (name === 'reports') await window.page.getByText('A log adrift').waitFor()
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

/** Reports two things in the harbour, and a track of soundings through it. */
async function report(origin: string, session: string): Promise<void> {
  const post = (route: string, body: unknown) =>
    fetch(`${origin}/api/v1/user-reports${route}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${session}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  for (const [reportType, latitude, longitude, description] of [
    ['hazard', 42.9475, -34.93, 'A log adrift'],
    ['wildlife', 42.955, -34.915, 'Two whales, slow'],
  ]) {
    await post('', { reportType, position: { latitude, longitude }, properties: { description } })
  }
  const start = Date.now() - 3_600_000
  const soundings = [4.2, 5.1, 6.5, 9.1, 7.7].map((depth, n) => ({
    ...{ latitude: 42.94 + n / 500, longitude: -34.94 + n / 200, depth },
    time: start + n * 60_000,
  }))
  await post('/bathymetry', { soundings, platform: { uniqueId: 'OTTER-1', name: 'Sea Otter' } })
}

/** Latitude and longitude of a buoy of the harbour that has a light; the charts follow a refresh within moments. */
export async function litBuoy(origin: string, session: string): Promise<[number, number]> {
  for (let turn = 0; turn < 100; turn++) {
    const answer = await fetch(`${origin}/api/v1/enc_query`, {
      method: 'POST',
      headers: { authorization: `Bearer ${session}`, 'content-type': 'application/json' },
      body: JSON.stringify({ position: { longitude: -34.93, latitude: 42.9475 }, radius: 8_000, zoom: 14 }),
    })
    const { results } = (await answer.json()) as { results: { layerId: string; position: [number, number] | null }[] }
    const lights = new Set(results.filter(({ layerId }) => layerId === 'LIGHTS').map(({ position }) => String(position)))
    const found = results.find(({ layerId, position }) => layerId === 'BOYLAT' && lights.has(String(position)))
    if (found?.position) return found.position
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error('the invented harbour has no lit buoy')
}
