import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Locator } from 'playwright-core'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { comparePictures } from '#test/browser/compare-pictures.ts'
import { openPortalPage, type PortalPage, type PortalPageOptions } from '#test/browser/portal-page.ts'
import { type DemoPortal, startDemoPortal } from '#test/demo-portal.ts'

// The panel of reports on the map, with users of two accounts. Each test continues with the reports of the previous one.

const skip = withoutChromium
/** Latitude, longitude, zoom: the invented harbour. */
const HARBOUR = 'at=42.9475,-34.93,14'
const REPORTS = '/api/v1/user-reports'

let server: DemoPortal
let browser: Browser
let kim: PortalPage
let lee: PortalPage
/** The chart around the crosshair before anything was reported. */
let bare: Buffer

before(async () => {
  if (skip !== false) return
  server = await startDemoPortal()
  browser = await openChromium()
  kim = await openMap(server.kim, `${HARBOUR}&panel=reports`)
})
after(async () => {
  await browser?.close()
  await server?.[Symbol.asyncDispose]()
})

/** Opens the map signed in and waits until its chart is drawn. */
async function openMap(session: string, search: string, options: PortalPageOptions = {}): Promise<PortalPage> {
  const window = await openPortalPage(browser, server.url, options)
  await window.page.goto(`${server.url}/sign-in?next=${encodeURIComponent(`/map?${search}`)}#session=${session}`)
  await window.page
    .locator('footer')
    .getByText(/XX\dDEMO[A-Z] \d+\.\d+, 1:/)
    .waitFor()
  return window
}

const panel = ({ page }: PortalPage): Locator => page.getByRole('region', { name: 'Reports', exact: true })
const listed = (window: PortalPage): Locator => panel(window).locator('li')

/** The chart just around the crosshair, where a report has its symbol and label. */
async function middle({ page }: PortalPage): Promise<Buffer> {
  const box = await page.locator('canvas').boundingBox()
  assert.ok(box)
  return await page.screenshot({
    clip: { x: Math.round(box.x + box.width / 2) - 60, y: Math.round(box.y + box.height / 2) - 30, width: 120, height: 70 },
  })
}

/** Waits until the chart around the crosshair differs from the bare one, or no longer does. */
async function drawn(window: PortalPage, wanted: boolean): Promise<void> {
  for (let turn = 0; turn < 200; turn++) {
    const { share } = await comparePictures(await middle(window), bare)
    if (wanted ? share > 0.01 : share === 0) return
    await window.page.evaluate('new Promise(requestAnimationFrame)')
  }
  throw new Error(`the report is ${wanted ? 'not drawn' : 'still drawn'}`)
}

/** The picture once the map has come to rest: five in a row are alike. */
async function resting(window: PortalPage): Promise<Buffer> {
  let picture = await middle(window)
  for (let alike = 1; alike < 5; alike++) {
    const next = await middle(window)
    if (!next.equals(picture)) alike = 0
    picture = next
  }
  return picture
}

test('the address opens the panel, which shows the layer, and a report at the crosshair is listed and drawn', {
  skip,
}, async () => {
  await panel(kim).getByText('0 reports').waitFor()
  await kim.page.waitForURL(/layers=%2Breports.*panel=reports/)
  await panel(kim).getByText('At the crosshair, 42°56.850′N 034°55.800′W').waitFor()
  bare = await resting(kim)
  await panel(kim).getByLabel('What is there').fill('A log adrift')
  await panel(kim).getByRole('button', { name: 'Report it' }).click()
  await listed(kim).getByText('A log adrift').waitFor()
  assert.match((await listed(kim).textContent()) ?? '', /^Hazard 0 m.*just now, by you\. Nobody has voted/)
  await drawn(kim, true)
  assert.deepEqual(await kim.axe(), [])
  const { body } = await server.call(server.lee, 'GET', REPORTS)
  const [{ latitude, longitude, properties }] = (body as { reports: [Record<string, unknown>] }).reports
  assert.deepEqual([latitude, longitude, properties], [42.9475, -34.93, { description: 'A log adrift' }])
})

test('a user of another account sees the report, votes once, and cannot delete it', { skip }, async () => {
  lee = await openMap(server.lee, HARBOUR)
  assert.equal(await panel(lee).count(), 0)
  await lee.page.keyboard.press('r')
  await listed(lee).getByText('A log adrift').waitFor()
  assert.equal(await listed(lee).getByRole('button', { name: 'Delete' }).count(), 0)
  await listed(lee).getByRole('button', { name: 'Still there' }).click()
  await listed(lee).getByText('1 confirms it').waitFor()
  await listed(lee).getByRole('button', { name: 'Not there' }).click()
  await listed(lee).getByText('1 denies it').waitFor()
  assert.doesNotMatch((await listed(lee).textContent()) ?? '', /confirms/)
  await panel(kim).getByRole('button', { name: 'Read them again' }).click()
  await listed(kim).getByText('1 denies it').waitFor()
  assert.deepEqual(await lee.axe(), [])
  await lee.page.keyboard.press('Escape')
  await panel(lee).waitFor({ state: 'hidden' })
  await lee.page.waitForURL((url) => !url.searchParams.has('panel'))
})

test('a report far from the view is counted but not listed until the map goes there', { skip }, async () => {
  const far = { reportType: 'wildlife', position: { latitude: 43.4, longitude: -35.6 }, properties: { description: 'Whales' } }
  assert.equal((await server.call(server.lee, 'POST', REPORTS, far)).status, 201)
  await panel(kim).getByRole('button', { name: 'Read them again' }).click()
  await panel(kim).getByText('1 near this view, 2 reports in all').waitFor()
  assert.equal(await listed(kim).count(), 1)
  const there = await openMap(server.kim, `at=42.9475,-34.93,8&panel=reports`)
  await listed(there).getByText('Whales').waitFor()
  await panel(there)
    .getByText(/from zoom 11 on/)
    .waitFor()
  assert.deepEqual(there.problems(), [])
  await there.close()
})

test('a track of soundings tells its depths and is marked on the chart when it is chosen', { skip }, async () => {
  const start = Date.now() - 3_600_000
  const soundings = [4.2, 6.5, 9.1].map((depth, n) => ({
    ...{ latitude: 42.955 + n / 1_000, longitude: -34.93, depth },
    time: start + n * 60_000,
  }))
  const sent = { soundings, platform: { uniqueId: 'OTTER-1', name: 'Sea Otter' } }
  assert.equal((await server.call(server.lee, 'POST', `${REPORTS}/bathymetry`, sent)).status, 201)
  await panel(kim).getByRole('button', { name: 'Soundings' }).click()
  const track = panel(kim).getByRole('button', { name: 'Sea Otter 4.2 to 9.1 m' })
  await track.click()
  await panel(kim).getByText('All depths').click()
  const depths = panel(kim).getByRole('table').locator('tbody tr')
  await depths.nth(2).waitFor()
  assert.deepEqual(await depths.locator('td:nth-child(2)').allTextContents(), ['4.2 m', '6.5 m', '9.1 m'])
  // The chart goes to the track, which lies beside the panel then.
  await kim.page.waitForURL(/at=42\.956,-34\.9[23]\d*,/)
  assert.deepEqual(await kim.axe(), [])
})

test('on a phone the panel leaves the crosshair in sight', { skip }, async () => {
  const phone = await openMap(server.lee, `${HARBOUR}&theme=night&panel=reports`, { viewport: 'phone' })
  await listed(phone).getByText('A log adrift').waitFor()
  const top = (await panel(phone).boundingBox())?.y ?? 0
  const canvas = await phone.page.locator('canvas').boundingBox()
  assert.ok(canvas !== null && top > canvas.y + canvas.height / 2 + 14, 'the panel covers the crosshair')
  const wide = await phone.page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
  assert.ok(wide <= 0, `${wide} pixels wider than the screen`)
  assert.deepEqual(await phone.axe(), [])
  assert.deepEqual(phone.problems(), [])
  await phone.close()
})

test('who made a report deletes it after a question, and it goes from the list and the chart', { skip }, async () => {
  await kim.page.goto(`${server.url}/map?${HARBOUR}&layers=%2Breports&panel=reports`)
  await drawn(kim, true)
  await listed(kim).getByRole('button', { name: 'Delete' }).click()
  const dialog = kim.page.getByRole('dialog', { name: 'Delete your report?' })
  assert.deepEqual(await kim.axe(), [])
  await dialog.getByRole('button', { name: 'Delete the report' }).click()
  await listed(kim).waitFor({ state: 'detached' })
  const { body } = await server.call(server.lee, 'GET', REPORTS)
  const left = (body as { reports: { properties: { description: string } }[] }).reports
  assert.deepEqual(
    left.map(({ properties }) => properties.description),
    ['Whales'],
  )
  await drawn(kim, false)
  assert.deepEqual(kim.problems(), [])
  assert.deepEqual(lee.problems(), [])
})
