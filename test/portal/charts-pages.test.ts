import assert from 'node:assert/strict'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import type { FeatureSpec } from '#s57/writer/cell-spec.ts'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { openPortalPage, type PortalPage } from '#test/browser/portal-page.ts'
import { type Box, sampleCell, sampleFeatures, writeMirror, zipOf } from '#test/cells.ts'
import { type PortalServer, startPortalServer } from '#test/portal-server.ts'

// The pages of uploads, charts, public charts and permits against the real server. Each test continues with the charts of the previous one.

const skip = withoutChromium
const FIRST: Box = [-30.1, 40, -30, 40.1]
const SECOND: Box = [-30, 40, -29.9, 40.1]

let mirror: string
let server: PortalServer
let browser: Browser
let window: PortalPage

before(async () => {
  if (skip !== false) return
  mirror = await mkdtemp(path.join(tmpdir(), 'chartroom-mirror-'))
  await writeMirror(mirror, [{ name: 'AA5AAAA1' }, { name: 'AA5AAAA2' }])
  const broken = path.join(mirror, 'AA5AAAA2.zip')
  await writeFile(broken, Buffer.alloc((await stat(broken)).size, 'x'))
  server = await startPortalServer({
    PUBLIC_CHARTS_URL: pathToFileURL(path.join(mirror, 'ENCProdCat.xml')).href,
    PUBLIC_CHARTS_FILTER: 'AA*',
  })
  browser = await openChromium()
  window = await openPortalPage(browser, server.url)
  await window.openSignedIn(await server.session(), '/charts/uploads')
})
after(async () => {
  await browser?.close()
  await server?.[Symbol.asyncDispose]()
  if (mirror !== undefined) await rm(mirror, { recursive: true, force: true })
})

function entry(name: string, content: Uint8Array | string) {
  return { path: `ENC_ROOT/${name}/${name}.000`, content }
}

/** The sample features; the land names a text. */
function featuresWithText(): FeatureSpec[] {
  return sampleFeatures(FIRST).map((feature) =>
    feature.objectClass === 'LNDARE' ? { ...feature, attributes: { ...feature.attributes, TXTDSC: 'XXHARB01.TXT' } } : feature,
  )
}

/** Chooses a file as a user does. */
async function upload(name: string, buffer: Buffer): Promise<void> {
  const chooser = window.page.waitForEvent('filechooser')
  await window.page.getByRole('button', { name: 'Choose files' }).click()
  await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer })
}

test('a file that cannot be a chart is refused before it is sent, with the reason', { skip }, async () => {
  await window.page.getByText('Charts that you upload are read here').waitFor()
  await upload('notes.pdf', Buffer.from('%PDF-1.4'))
  await window.page.getByText(/Not sent\. Files of this type are not accepted/).waitFor()
  await window.page.getByRole('button', { name: 'Dismiss' }).click()
})

test('a zip of three charts is read, and the broken one is named first with the reason', { skip }, async () => {
  await upload('older.zip', await zipOf([entry('XX5HARBA', sampleCell({ name: 'XX5HARBA', box: FIRST, edition: 1 }))]))
  await window.page.getByText('1 chart, 1 ready', { exact: true }).waitFor()
  const newer = await zipOf([
    entry('XX5HARBA', sampleCell({ name: 'XX5HARBA', box: FIRST, edition: 2, features: featuresWithText() })),
    { path: 'ENC_ROOT/XX5HARBA/XXHARB01.TXT', content: 'Speed limit 5 knots' },
    entry('XX5HARBB', sampleCell({ name: 'XX5HARBB', box: SECOND })),
    entry('XX5HARBC', sampleCell({ name: 'XX5HARBC' }).subarray(0, 900)),
  ])
  await upload('harbour.zip', newer)
  await window.page.getByText('3 charts, 2 ready, 1 failed', { exact: true }).waitFor()
  assert.deepEqual(await window.axe(), [])
  await window.page.getByRole('link', { name: 'harbour.zip' }).click()
  const rows = window.page.getByRole('table', { name: 'Report on each chart' }).getByRole('row')
  await rows.nth(3).waitFor()
  const first = await rows.nth(1).textContent()
  assert.match(first ?? '', /^XX5HARBC.*Failed.{10,}/)
  assert.deepEqual(await window.axe(), [])
})

test('all charts are listed, found by name, and lead to their own page', { skip }, async () => {
  await window.page.getByRole('navigation', { name: 'Charts' }).getByRole('link', { name: 'All charts' }).click()
  await window.page.getByText('2 charts', { exact: true }).waitFor()
  await window.page.getByRole('searchbox', { name: 'Search by name or title' }).fill('harba')
  await window.page.getByText('1 of 2 charts', { exact: true }).waitFor()
  await window.page.waitForURL(/q=harba/)
  assert.deepEqual(await window.axe(), [])
  await window.page.getByRole('link', { name: 'XX5HARBA', exact: true }).click()
  await window.page.getByText('2.0', { exact: true }).waitFor()
  await window.page.getByText(/^40°00\.000′N 030°06\.000′W to 40°06\.000′N 030°00\.000′W$/).waitFor()
  assert.deepEqual(await window.axe(), [])
  await window.page.getByRole('button', { name: 'XXHARB01.TXT' }).click()
  await window.page.getByRole('dialog', { name: 'XXHARB01.TXT' }).getByText('Speed limit 5 knots').waitFor()
  assert.deepEqual(await window.axe(), [])
  await window.page.keyboard.press('Escape')
})

test('keys go to the search of the list of charts and from row to row, and Enter opens one', { skip }, async () => {
  const { page } = window
  await window.open('/charts/cells')
  await page.getByText('2 charts', { exact: true }).waitFor()
  await page.keyboard.press('/')
  assert.equal(await focused(), 'Search by name or title')
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('j')
  assert.equal(await focused(), 'XX5HARBA')
  await page.keyboard.press('ArrowDown')
  assert.equal(await focused(), 'XX5HARBB')
  await page.keyboard.press('j')
  assert.equal(await focused(), 'XX5HARBB', 'the last row')
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'XX5HARBA' }).waitFor()
})

/** What has the focus, by its name. */
async function focused(): Promise<string> {
  return await window.page.evaluate<string>(
    "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent",
  )
}

test('a deletion says what it changes, and the older chart returns', { skip }, async () => {
  await window.page.getByRole('definition').getByRole('link', { name: 'Upload' }).click()
  await window.page.getByRole('button', { name: 'Delete upload' }).click()
  const dialog = window.page.getByRole('dialog', { name: 'Delete harbour.zip' })
  await dialog.getByText('2 charts come from here: 1 goes back to an older upload, 1 disappears.').waitFor()
  await dialog.getByText('Charts that disappear: XX5HARBB').waitFor()
  assert.deepEqual(await window.axe(), [])
  await dialog.getByRole('button', { name: 'Delete upload' }).click()
  await window.page.waitForURL(/\/charts\/uploads$/)
  await window.page.getByRole('link', { name: 'harbour.zip' }).waitFor({ state: 'detached' })
  await waitForEdition(1)
  await window.open('/charts/cells/XX5HARBA')
  await window.page.getByText('1.0', { exact: true }).waitFor()
})

test('a refresh of public charts names the chart with a broken zip, with the reason, beside the settings', { skip }, async () => {
  await window.open('/charts/public')
  const { page } = window
  const noaa = page.getByRole('region', { name: 'NOAA', exact: true })
  await noaa.getByText('Names: AA*.').waitFor()
  await noaa.getByText('PUBLIC_CHARTS_URL, set by the operator').waitFor()
  await page.getByText('Never', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await noaa.getByText('2 charts checked, 1 new or changed, 1 failed').waitFor()
  const rows = noaa.getByRole('table', { name: 'Charts of NOAA that failed last time' }).getByRole('row')
  await rows.nth(1).waitFor()
  assert.equal(await rows.count(), 2)
  assert.match((await rows.nth(1).textContent()) ?? '', /^AA5AAAA2.*AA5AAAA2\.zip: it is not a zip, or it is truncated/)
  await noaa.getByText(/^Not asked for/).waitFor()
  assert.deepEqual(await window.axe(), [])
  await rows.nth(1).getByRole('link', { name: 'AA5AAAA2' }).click()
  await page.getByText(/The last try to read edition 1\.0 failed/).waitFor()
})

test('the page of a chart leads to the refresh that read it, and that of a failed one to the refresh that tried', {
  skip,
}, async () => {
  const { page } = window
  await page.getByRole('link', { name: 'See the refresh' }).click()
  await page.getByRole('heading', { level: 1, name: 'Refresh public charts' }).waitFor()
  const refresh = page.url()
  await window.open('/charts/cells/AA5AAAA1')
  await page.getByRole('link', { name: 'a refresh' }).click()
  await page.getByRole('heading', { level: 1, name: 'Refresh public charts' }).waitFor()
  assert.equal(page.url(), refresh)
})

test('the permits page says what the operator must set, and how permits arrive', { skip }, async () => {
  await window.open('/charts/permits')
  await window.page.getByText(/Its operator must set S63_MANUFACTURER_ID/).waitFor()
  await window.page.getByText(/There are no permits yet/).waitFor()
  assert.deepEqual(await window.axe(), [])
  window.forgive(/404/)
  assert.deepEqual(window.problems(), [])
})

/** Waits until the deletion job has brought an edition of the chart back. */
async function waitForEdition(edition: number): Promise<void> {
  const headers = { authorization: `Bearer ${await server.session()}` }
  for (let turn = 0; turn < 300; turn++) {
    const answer = await fetch(`${server.url}/api/portal/v1/charts/cells/XX5HARBA`, { headers })
    const { cell } = (await answer.json()) as { cell: { edition: number } | null }
    if (cell?.edition === edition) return
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error(`edition ${edition} has not come back`)
}
