import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import type { Browser, Locator } from 'playwright-core'
import yauzl from 'yauzl'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { openPortalPage, type PortalPage } from '#test/browser/portal-page.ts'
import { type DemoPortal, startDemoPortal } from '#test/demo-portal.ts'

// The page of offline packs against the real server and the invented coast. Each test continues with the packs of the previous one.

const skip = withoutChromium
const EXPORTS = '/api/portal/v1/exports'

let server: DemoPortal
let browser: Browser
let window: PortalPage

before(async () => {
  if (skip !== false) return
  server = await startDemoPortal()
  browser = await openChromium()
  window = await openPortalPage(browser, server.url)
  await window.openSignedIn(server.kim, '/exports')
})
after(async () => {
  await browser?.close()
  await server?.[Symbol.asyncDispose]()
})

interface Pack {
  id: string
  fileName: string
  fileSize: number
  state: string
}

const packsOf = async (session: string) => ((await server.call(session, 'GET', EXPORTS)).body as { exports: Pack[] }).exports
const rows = (): Locator => window.page.getByRole('table', { name: /Offline packs/ }).locator('tbody tr')
const newPack = (): Locator => window.page.getByRole('region', { name: 'New pack' })
const fact = (name: string): Locator => newPack().locator('dl > div', { hasText: name }).locator('dd')

test('a box drawn on the chart is in the address and in the fields, and is estimated before anything is made', {
  skip,
}, async () => {
  const { page } = window
  await page.getByText('A pack is a zip with the charts of a box').waitFor()
  await page.getByRole('button', { name: 'Make the pack' }).hover()
  await page.getByRole('tooltip', { name: 'Choose a box first' }).waitFor()
  await page.getByRole('button', { name: 'Draw a box' }).click()
  const canvas = await page.locator('canvas').boundingBox()
  assert.ok(canvas)
  await page.mouse.move(canvas.x + 120, canvas.y + 120)
  await page.mouse.down()
  await page.mouse.move(canvas.x + 300, canvas.y + 250)
  await page.mouse.up()
  await page.waitForURL(/\/exports\?box=-3\d\.\d+,4\d\.\d+,-3\d\.\d+,4\d\.\d+$/)
  assert.match(await newPack().getByLabel('South-west corner').inputValue(), /^4\d°\d\d\.\d{3}′N 03\d°\d\d\.\d{3}′W$/)
  await newPack()
    .getByText(/from west to east/)
    .waitFor()

  const before = page.url()
  await page.locator('[data-handle="b"]').hover()
  await page.mouse.down()
  await page.mouse.move(canvas.x + 420, canvas.y + 60)
  await page.mouse.up()
  await page.waitForURL((url) => url.href !== before)
  await fact('Size')
    .getByText(/^about [\d.]+ MB$/)
    .waitFor()
  assert.deepEqual(await window.axe(), [])
})

test('typed corners are the box, and the estimate is that of the server', { skip }, async () => {
  const { page } = window
  const corner = newPack().getByLabel('North-east corner')
  await corner.fill('somewhere')
  await newPack()
    .getByText(/North-east corner: write it like/)
    .waitFor()
  await corner.fill('43 03 N 34 48 W')
  await newPack().getByLabel('South-west corner').fill('42.85 -35.05')
  await page.waitForURL(/box=-35\.05,42\.85,-34\.8,43\.05$/)
  await newPack().getByLabel('Deepest zoom').selectOption('15')
  const wanted = { bbox: [-35.05, 42.85, -34.8, 43.05], minZoom: 6, maxZoom: 15, kind: 'vector', format: 'pmtiles' }
  const { status, body } = await server.call(server.kim, 'POST', `${EXPORTS}/estimate`, wanted)
  assert.equal(status, 200, JSON.stringify(body))
  const { tiles, charts } = body as { tiles: number; charts: number }
  await fact('Tiles').getByText(tiles.toLocaleString('en'), { exact: true }).waitFor()
  await fact('Charts').getByText(String(charts), { exact: true }).waitFor()
})

test('a pack for which the disk has no room is not made, and the page says how much it needs', { skip }, async () => {
  const { page } = window
  // A full disk is the one thing that a test cannot have; everything else of the answer is the server's.
  await page.route(`**${EXPORTS}/estimate`, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...((await response.json()) as object), fits: false } })
  })
  await newPack().getByLabel('Deepest zoom').selectOption('14')
  await newPack()
    .getByText(/^Making this pack takes about .* and the server.s disk does not have enough left/)
    .waitFor()
  assert.equal(await newPack().getByRole('button', { name: 'Make the pack' }).getAttribute('aria-disabled'), 'true')
  assert.deepEqual(await window.axe(), [])
  await page.unroute(`**${EXPORTS}/estimate`)
  await newPack().getByLabel('Deepest zoom').selectOption('15')
})

test('a pack that was started shows its progress by itself, and becomes a zip that opens', { skip }, async () => {
  const { page } = window
  await fact('Time')
    .getByText(/^about/)
    .waitFor()
  const bar = page.getByRole('progressbar', { name: 'Making charts-42.9N-35.0W-vector.zip' })
  const moved = bar.and(page.locator(':not([aria-valuenow="0"])')).waitFor()
  await newPack().getByRole('button', { name: 'Make the pack' }).click()
  await moved
  await rows().getByText('Completed').waitFor()
  await rows().getByText('in 13 days').waitFor()
  const [pack] = await packsOf(server.kim)
  assert.ok(pack)

  const arriving = page.waitForEvent('download')
  await page.getByRole('button', { name: `Download ${pack.fileName}` }).click()
  const download = await arriving
  assert.equal(download.suggestedFilename(), pack.fileName)
  const file = await readFile(await download.path())
  assert.equal(file.length, pack.fileSize)
  const zip = await yauzl.fromBufferPromise(file)
  const names: string[] = []
  for await (const entry of zip.eachEntry()) {
    names.push(entry.fileName)
    if (entry.fileName !== 'README.txt') continue
    assert.match(await text(await zip.openReadStreamPromise(entry)), /NOT FOR NAVIGATION/)
  }
  for (const name of ['charts.pmtiles', 'index.html', 'style-night.json', 'README.txt']) assert.ok(names.includes(name), name)
  const again = await fetch(download.url())
  assert.equal(again.status, 410, 'the address works once')
  await again.arrayBuffer()
  assert.deepEqual(await window.axe(), [])
})

test('a user of another account sees none of it on a phone, and neither sees what the other makes', { skip }, async () => {
  const other = await openPortalPage(browser, server.url, { viewport: 'phone' })
  await other.openSignedIn(server.lee, '/exports?box=-35.05,42.85,-34.8,43.05')
  await other.page.getByText('A pack is a zip with the charts of a box').waitFor()
  const [pack] = await packsOf(server.kim)
  for (const [method, route, json] of [
    ['GET', `${EXPORTS}/${pack?.id}`],
    ['DELETE', `${EXPORTS}/${pack?.id}`],
    ['POST', '/api/portal/v1/downloads', { exportId: pack?.id }],
  ] as const) {
    assert.equal((await server.call(server.lee, method, route, json)).status, 404, `${method} ${route}`)
  }
  await other.page.getByRole('region', { name: 'New pack' }).getByRole('button', { name: 'Raster' }).tap()
  await other.page.getByLabel('Deepest zoom').selectOption('7')
  await other.page.getByText(/^about .* MB$/).waitFor()
  await other.page.getByRole('button', { name: 'Make the pack' }).tap()
  await other.page.getByText('charts-42.9N-35.0W-raster.zip').waitFor()
  await other.page.getByRole('link', { name: 'Completed' }).waitFor()
  const wide = await other.page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
  assert.ok(wide <= 0, `${wide} pixels wider than the screen`)
  assert.deepEqual(await other.axe(), [])
  assert.deepEqual(other.problems(), [])
  await other.close()
  await window.page.reload()
  await rows().getByText('Completed').waitFor()
  assert.equal(await rows().count(), 1)
})

test('a pack is made again after an estimate, or changed first', { skip }, async () => {
  const { page } = window
  const dialog = page.getByRole('dialog', { name: /^Make charts-42\.9N-35\.0W-vector\.zip again$/ })
  await page.getByRole('button', { name: /^Make charts-.* again$/ }).click()
  await dialog.getByText(/^about .* MB$/).waitFor()
  assert.deepEqual(await window.axe(), [])
  await dialog.getByRole('button', { name: 'Change it first' }).click()
  await dialog.waitFor({ state: 'hidden' })
  assert.equal(await newPack().getByLabel('Deepest zoom').inputValue(), '15')
  await page.getByRole('button', { name: /^Make charts-.* again$/ }).click()
  await dialog.getByRole('button', { name: 'Make it again' }).and(page.locator(':not([aria-disabled])')).click()
  await rows().nth(1).waitFor()
  assert.equal((await packsOf(server.kim)).length, 2)
})

test('a pack is deleted after a question, and the other one stays', { skip }, async () => {
  const { page } = window
  const [newest] = await packsOf(server.kim)
  assert.ok(newest)
  await rows()
    .first()
    .getByRole('button', { name: /^Delete/ })
    .click()
  const dialog = page.getByRole('dialog', { name: `Delete ${newest.fileName}?` })
  assert.deepEqual(await window.axe(), [])
  await dialog.getByRole('button', { name: 'Delete the pack' }).click()
  await rows().nth(1).waitFor({ state: 'detached' })
  const left = await packsOf(server.kim)
  assert.ok(left.length === 1 && left[0]?.id !== newest.id)
  assert.deepEqual(window.problems(), [])
})
