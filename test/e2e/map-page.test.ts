import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { demoCells } from '#demo/demo-cells.ts'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { prepareCell, showCell } from '#test/chart-cells.ts'
import { startFixture } from '../http/server-fixture.ts'

const skip = withoutChromium
const fixture = await startFixture()
after(() => fixture[Symbol.asyncDispose]())
for (const { files } of demoCells()) await showCell(fixture.db, fixture.tiles, prepareCell(files))
const browser: Browser | null = skip === false ? await openChromium() : null
after(() => browser?.close())

const PLACE = '#13/42.9475/-34.93'
const DESKTOP = { viewport: { width: 1280, height: 800 } }
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

/** Opens a page that collects what its console and the network complain about. */
async function open(address: string, options: BrowserContextOptions): Promise<{ page: Page; complaints: string[] }> {
  assert.ok(browser)
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`)
  })
  await page.goto(fixture.origin + address)
  return { page, complaints }
}

async function signIn(page: Page): Promise<void> {
  await page.fill('#username', 'admin')
  await page.fill('#password', 'admin')
  await page.press('#password', 'Enter')
  await chartIsDrawn(page)
}

const chartIsDrawn = (page: Page) =>
  page.waitForSelector('#map canvas').then(() => page.waitForSelector('#status', { state: 'hidden' }))

/** 0 to 255. */
async function pageBrightness(page: Page): Promise<number> {
  const colour = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
  const channels = (colour.match(/\d+/g) ?? []).slice(0, 3).map(Number)
  return channels.reduce((sum, channel) => sum + channel, 0) / 3
}

for (const [name, options] of [
  ['desktop', DESKTOP],
  ['phone', PHONE],
] as const) {
  test(`on a ${name} the page signs in, draws the chart, changes its theme and says what lies at a click`, { skip }, async () => {
    const { page, complaints } = await open(`/map${PLACE}`, options)
    await signIn(page)
    assert.match((await page.textContent('.maplibregl-ctrl-attrib')) ?? '', /not for navigation/i)
    assert.ok((await pageBrightness(page)) > 200)

    if (name === 'phone') await page.click('#toggle')
    const night = page.waitForResponse((response) => response.url().includes('theme=night'))
    await page.click('.themes label:nth-of-type(3)')
    assert.equal((await night).status(), 200)
    assert.ok((await pageBrightness(page)) < 12)
    if (name === 'phone') await page.click('#toggle')

    await page.click('#map canvas', { position: { x: 195, y: 200 } })
    await page.waitForSelector('#panel section h3')
    assert.match((await page.textContent('#panel h2')) ?? '', /^\d\d°\d\d\.\d{3}′N \d{3}°\d\d\.\d{3}′W$/)
    assert.equal(await page.evaluate('document.activeElement.className'), 'close')
    await page.keyboard.press('Escape')
    assert.equal(await page.isVisible('#panel'), false)
    assert.deepEqual(complaints, [])

    await page.reload()
    await chartIsDrawn(page)
    assert.equal(await page.getAttribute('html', 'data-theme'), 'night', 'it is remembered')
    assert.equal(await page.isVisible('#sign-in'), false, 'and so is the session')
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
    assert.ok(overflow <= 0, `${overflow} pixels wider than the screen`)
    await page.context().close()
  })
}

test('a wrong password is told, and can be corrected', { skip }, async () => {
  const { page } = await open(`/map${PLACE}`, DESKTOP)
  await page.fill('#username', 'admin')
  await page.fill('#password', 'wrong')
  await page.press('#password', 'Enter')
  await page.waitForSelector('#sign-in-problem:not(:empty)')
  assert.match((await page.textContent('#sign-in-problem')) ?? '', /password is wrong/)
  await signIn(page)
  await page.context().close()
})

test('a token in the address needs no sign-in, and without a position the page opens on the charts', { skip }, async () => {
  const principal = await fixture.accounts.authenticate(await fixture.adminSession())
  const { id } = await fixture.accounts.tokens.create(principal, { name: 'map' })
  const { page, complaints } = await open(`/map?token=${id}`, DESKTOP)
  await chartIsDrawn(page)
  assert.equal(await page.isVisible('#sign-out'), false)
  const [, , latitude, longitude] = /^#([\d.]+)\/([\d.-]+)\/([\d.-]+)/.exec(new URL(page.url()).hash) ?? []
  assert.ok(Math.abs(Number(latitude) - 42.93) < 0.1 && Math.abs(Number(longitude) + 34.92) < 0.1, page.url())
  await page.focus('#map canvas')
  await page.keyboard.press('Enter')
  await page.waitForSelector('#panel .features *')
  assert.deepEqual(complaints, [])
  await page.context().close()
})
