import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { randomBytes } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { encryptedSet } from '#demo/encrypted-set.ts'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { dropFile } from '#test/browser/drop-file.ts'
import { openPortalPage, type PortalPage, type PortalPageOptions } from '#test/browser/portal-page.ts'
import { type Box, sampleCell, zipOf } from '#test/cells.ts'
import { type PortalServer, startPortalServer } from '#test/portal-server.ts'

// The list of all charts with its outlines, and what happens to a dropped file. Each test continues with the charts of the previous one.

const skip = withoutChromium
const IDENTITY = { S63_MANUFACTURER_ID: '10', S63_MANUFACTURER_KEY: '98765', S63_HARDWARE_ID: '12345' }
const WHOLE: Box = [-30.2, 40, -30, 40.2]
const HARBOUR: Box = [-30.12, 40.08, -30.08, 40.12]

let server: PortalServer
let browser: Browser
let session: string

before(async () => {
  if (skip !== false) return
  server = await startPortalServer(IDENTITY)
  browser = await openChromium()
  session = await server.session()
})
after(async () => {
  await browser?.close()
  await server?.[Symbol.asyncDispose]()
})

async function open(address: string, options: PortalPageOptions = {}): Promise<PortalPage> {
  const window = await openPortalPage(browser, server.url, options)
  await window.openSignedIn(session, address)
  return window
}

test('a file that is dropped on any page of the charts is an upload, and is read', { skip }, async () => {
  const window = await open('/charts/permits')
  const charts = await zipOf([
    { path: 'XX5HARBA.000', content: sampleCell({ name: 'XX5HARBA', box: HARBOUR, compilationScale: 12_000, usageBand: 5 }) },
    { path: 'XX3COAST.000', content: sampleCell({ name: 'XX3COAST', box: WHOLE, compilationScale: 90_000, usageBand: 3 }) },
  ])
  await dropFile(window.page, 'coast.zip', charts)
  await window.page.getByRole('navigation', { name: 'Charts' }).getByRole('link', { name: 'Uploads' }).click()
  await window.page.getByText('2 charts, 2 ready', { exact: true }).waitFor()
  assert.deepEqual(window.problems(), [])
  await window.close()
})

test('a file on its way is cancelled, and the server keeps no part of it', { skip }, async () => {
  const window = await open('/charts/uploads')
  const { page } = window
  await page.getByRole('link', { name: 'coast.zip' }).waitFor()
  const network = await page.context().newCDPSession(page)
  const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 20_000 }
  await network.send('Network.emulateNetworkConditions', slow)
  await dropFile(
    page,
    'large.zip',
    Buffer.concat([await zipOf([{ path: 'a.000', content: sampleCell() }]), randomBytes(2_000_000)]),
  )
  await page
    .getByText(/^Sending \d+ %/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByText('large.zip').waitFor({ state: 'detached' })
  await network.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 })
  await page.reload()
  await page.getByText('1 upload', { exact: true }).waitFor()
  assert.deepEqual(window.problems(), [])
  await window.close()
})

test('an encrypted chart without its permit is named on the list of charts and among the permits', { skip }, async () => {
  const window = await open('/charts/uploads')
  const files = [{ name: 'XX5SECRT.000', bytes: sampleCell({ name: 'XX5SECRT' }) }]
  const set = encryptedSet([{ name: 'XX5SECRT', box: WHOLE, files }], { hardwareId: IDENTITY.S63_HARDWARE_ID })
  await dropFile(window.page, 'secret.zip', await zipOf([...set.files].map(([path, content]) => ({ path, content }))))
  await window.page.getByText('1 chart, 1 waiting for a permit', { exact: true }).waitFor()
  await window.page.getByRole('link', { name: 'All charts' }).click()
  await window.page.getByText('1 uploaded chart is not shown').waitFor()
  await window.page.getByRole('link', { name: 'Charts that wait' }).click()
  const waiting = window.page.getByRole('table', { name: 'Charts that wait for a permit' })
  await waiting.getByText('XX5SECRT').waitFor()
  assert.deepEqual(await window.axe(), [])
  await waiting.getByRole('link', { name: 'secret.zip' }).click()
  await window.page.waitForURL(/status=waiting/)
  assert.deepEqual(window.problems(), [])
  await window.close()
})

test('a row lights its outline and an outline its row, and clicks at one place choose one chart after the other', {
  skip,
}, async () => {
  const window = await open('/charts/cells')
  const { page } = window
  await page.getByText('Exact outlines').waitFor()
  const row = (name: string) => page.getByRole('row', { name: new RegExp(name) })
  const lit = () => page.locator('canvas').screenshot()
  await page.mouse.move(0, 0)
  const dark = await lit()
  await row('XX5HARBA').hover()
  await changed(lit, dark, 'the outline of a row under the pointer is lit')
  await page.locator('canvas').hover()
  await page.locator('tr[data-pointed]', { hasText: 'XX5HARBA' }).waitFor()
  await page.locator('canvas').click()
  await page.locator('tr[aria-current]', { hasText: 'XX5HARBA' }).waitFor()
  await page.getByText('1 of 2 charts here').waitFor()
  await page.locator('canvas').click()
  await page.locator('tr[aria-current]', { hasText: 'XX3COAST' }).waitFor()
  await page.waitForURL(/chart=XX3COAST/)
  await page.mouse.move(0, 0)
  await row('XX5HARBA').getByRole('link').first().focus()
  await page.locator('tr[data-pointed]', { hasText: 'XX5HARBA' }).waitFor()
  assert.deepEqual(await window.axe(), [])
  assert.deepEqual(window.problems(), [])
  await window.close()
})

test('charts are filtered by source, scale, age and what the map shows, and the address keeps it', { skip }, async () => {
  const window = await open('/charts/cells')
  const { page } = window
  await page.getByText('2 charts', { exact: true }).waitFor()
  await page.getByLabel('Scale').selectOption({ label: '1:15 000 and larger' })
  await page.getByText('1 of 2 charts', { exact: true }).waitFor()
  await page.waitForURL(/scale=0-15000/)
  await page.getByLabel('Scale').selectOption('')
  await page.getByLabel('Age', { exact: true }).selectOption({ label: 'Over 10 years old' })
  await page.getByText('No charts match these filters.').waitFor()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByLabel('Source').selectOption({ label: 'USACE, inland charts' })
  await page.waitForURL(/source=usace/)
  await page.getByText('0 of 2 charts', { exact: true }).waitFor()
  await page.getByLabel('Source').selectOption('')

  // Beside the harbour, inside the coast.
  await window.open('/charts/cells?here=only&at=40.02,-30.18,13')
  await page.getByText('1 of 2 charts', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'XX3COAST', exact: true }).waitFor()
  await page.getByRole('link', { name: 'XX3COAST on the map' }).click()
  await page
    .locator('footer')
    .getByText(/XX\w+ \d+\.0, 1:/)
    .waitFor()
  await page.waitForURL(/map\?at=40\.1,-30\.1,/)
  assert.deepEqual(window.problems(), [])
  await window.close()
})

test('on a phone the table and the map take turns, and the chosen chart is described on the map', { skip }, async () => {
  const window = await open('/charts/cells', { viewport: 'phone' })
  const { page } = window
  await page.getByRole('link', { name: 'XX3COAST', exact: true }).waitFor()
  assert.equal(await page.locator('canvas').count(), 0)
  await page.getByRole('button', { name: 'Map', exact: true }).tap()
  await page.getByText('Exact outlines').waitFor()
  await page.locator('canvas').tap()
  await page.getByRole('article').getByRole('link', { name: 'XX5HARBA' }).waitFor()
  assert.deepEqual(await window.axe(), [])
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
  assert.ok(overflow <= 0, `${overflow} pixels wider than the screen`)
  assert.deepEqual(window.problems(), [])
  await window.close()
})

/** Waits until a picture is another one. */
async function changed(take: () => Promise<Buffer>, before: Buffer, what: string): Promise<void> {
  for (let turn = 0; turn < 50; turn++) if (!(await take()).equals(before)) return
  assert.fail(what)
}
