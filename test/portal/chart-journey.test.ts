import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { demoCells } from '#demo/demo-cells.ts'
import { openChromium, withoutChromium } from '#test/browser/chromium.ts'
import { dropFile } from '#test/browser/drop-file.ts'
import { openPortalPage, type PortalPage } from '#test/browser/portal-page.ts'
import { zipOf } from '#test/cells.ts'
import { type PortalServer, startPortalServer } from '#test/portal-server.ts'
import { mirrorCells, noCharts } from '../s57/chart-files.ts'

// What a navigator does with charts from the upload to its deletion, in one window: with the invented coast, and on request with NOAA's
// cells beside the checkout.

const skip = withoutChromium
const skipReal =
  skip === false && process.env['TEST_NOAA_JOURNEY'] !== '1' ? 'with TEST_NOAA_JOURNEY=1: takes as long as the other' : skip

type Files = readonly { name: string; bytes: Uint8Array }[]
/** The charts of a journey: the first has an update. */
interface Charts {
  updated: { name: string; files: Files; older: string; newer: string }
  other: { name: string; files: Files }
  broken: { name: string; files: Files }
}
/** A buoy with a light at its place, and the words of both. */
interface LitBuoy {
  at: [latitude: number, longitude: number]
  buoy: string
  light: string
}

let server: PortalServer
let browser: Browser
let session: string

before(async () => {
  if (skip !== false) return
  server = await startPortalServer()
  browser = await openChromium()
  session = await server.session()
})
after(async () => {
  await browser?.close()
  await server?.[Symbol.asyncDispose]()
})

test('invented charts are uploaded, read, looked at, measured and deleted, and the older chart returns', { skip }, async () => {
  const cells = new Map(demoCells().map((cell) => [cell.name, cell.files]))
  const filesOf = (name: string) => ({ name, files: cells.get(name) ?? [] })
  await journey({
    updated: { ...filesOf('XX5DEMOC'), older: '3.0', newer: '3.1' },
    other: filesOf('XX5DEMOA'),
    broken: filesOf('XX5DEMOB'),
  })
})

test("NOAA's charts are uploaded, read, looked at, measured and deleted, and the older chart returns", {
  skip: skipReal === false ? noCharts : skipReal,
}, async () => {
  const cells = new Map((await mirrorCells('day1')).map(({ name, base, updates }) => [name, [base, ...updates]]))
  const filesOf = (name: string) => ({ name, files: cells.get(name) ?? [] })
  await journey({
    updated: { ...filesOf('US5WA22M'), older: '40.0', newer: '40.2' },
    other: filesOf('US5SAVCG'),
    broken: filesOf('US5SAVCI'),
  })
})

async function journey({ updated, other, broken }: Charts): Promise<void> {
  const window = await openPortalPage(browser, server.url)
  const { page } = window
  const three = `${other.name}-and-more.zip`
  await window.openSignedIn(session, '/charts/uploads')
  await dropFile(page, `${updated.name}.zip`, await exchangeSet({ ...updated, files: updated.files.slice(0, 1) }))
  await page.getByText('1 chart, 1 ready', { exact: true }).waitFor()

  const damaged = broken.files.map(({ name, bytes }) => ({ name, bytes: bytes.subarray(0, bytes.length / 2) }))
  await dropFile(page, three, await exchangeSet(updated, other, { ...broken, files: damaged }))
  await page.getByText('3 charts, 2 ready, 1 failed', { exact: true }).waitFor()
  await page.getByRole('link', { name: three }).click()
  const rows = page.getByRole('table', { name: 'Report on each chart' }).getByRole('row')
  await rows.nth(3).waitFor()
  assert.match((await rows.nth(1).textContent()) ?? '', new RegExp(`^${broken.name}.*Failed.{20,}`))
  const upload = new URL(page.url()).pathname

  await page.getByRole('link', { name: `${updated.name} on the map` }).click()
  await chartInUse(window, updated.name, updated.newer)
  const buoy = await litBuoy([updated.name, other.name])
  await readOneCard(window, buoy)
  await changeDisplay(window)
  await measure(window)
  await profile(window, buoy)
  assert.deepEqual(window.problems(), [])

  await window.open(upload)
  await page.getByRole('button', { name: 'Delete upload' }).click()
  const dialog = page.getByRole('dialog', { name: `Delete ${three}` })
  await dialog.getByText('2 charts come from here: 1 goes back to an older upload, 1 disappears.').waitFor()
  await dialog.getByRole('button', { name: 'Delete upload' }).click()
  await page.waitForURL(/\/charts\/uploads$/)
  await page.getByRole('link', { name: three }).waitFor({ state: 'detached' })
  await returned(updated.name, updated.older)
  // One zoom nearer than before: the browser keeps the tiles that it has for a minute.
  const { bbox } = await chartOf(updated.name)
  await window.open(`/map?at=${(bbox[1] + bbox[3]) / 2},${(bbox[0] + bbox[2]) / 2},15.5`)
  await chartInUse(window, updated.name, updated.older)
  assert.deepEqual(window.problems(), [])
  await window.close()
}

function exchangeSet(...cells: readonly { name: string; files: Files }[]) {
  return zipOf(
    cells.flatMap(({ name, files }) => files.map((file) => ({ path: `ENC_ROOT/${name}/${file.name}`, content: file.bytes }))),
  )
}

/** The foot line names the chart at the crosshair after its tiles were drawn. */
async function chartInUse({ page }: PortalPage, name: string, edition: string): Promise<void> {
  await page.locator('footer').getByText(`${name} ${edition}, 1:`).waitFor()
}

async function readOneCard({ page }: PortalPage, { at, buoy, light }: LitBuoy): Promise<void> {
  // In the same window, so that the existing map continues.
  await page.keyboard.press('/')
  await page.getByLabel('Position, chart or name').fill(`${at[0]}, ${at[1]}`)
  await page.keyboard.press('Enter')
  const panel = page.getByRole('region', { name: 'What is here' })
  await panel.getByRole('button', { name: 'Close' }).click()
  await page.locator('canvas').click()
  const card = panel.locator('article', { hasText: buoy.split(':')[0] ?? '' })
  await card.first().waitFor()
  const character = /: (.+?)[,.]/.exec(light)?.[1] ?? light
  const text = (await card.first().textContent()) ?? ''
  assert.ok(text.includes(character), `${text} has no ${character}`)
  assert.equal(await panel.locator('article', { hasText: character }).count(), 1)
  await page.waitForURL(/pick=/)
  await panel.getByRole('button', { name: 'Close' }).click()
}

async function changeDisplay({ page }: PortalPage): Promise<void> {
  await page.getByRole('button', { name: 'Display', exact: true }).click()
  await page.getByRole('button', { name: 'Feet' }).click()
  await page.getByRole('spinbutton', { name: /Safety depth/ }).fill('30')
  await page.waitForURL(/depth=9\.144&units=feet/)
  await page.locator('footer').getByText(/ ft$/).first().waitFor()
  await page.getByRole('button', { name: 'Metres' }).click()
  await page.getByRole('spinbutton', { name: /Safety depth/ }).fill('3')
  await page.waitForURL(/depth=3&units=meters/)
  await page.keyboard.press('Escape')
}

async function measure({ page }: PortalPage): Promise<void> {
  await page.keyboard.press('m')
  const panel = page.getByRole('region', { name: 'Measure' })
  await panel.waitFor()
  await page.locator('canvas').click({ position: { x: 500, y: 300 } })
  await page.locator('canvas').click({ position: { x: 620, y: 300 } })
  await panel.getByText(/^0?90\.0°$/).waitFor()
  await panel.getByText('Total').waitFor()
  await page.keyboard.press('Escape')
}

/** Along a line through the buoy, across the channel that it marks. */
async function profile(window: PortalPage, { at: [latitude, longitude] }: LitBuoy): Promise<void> {
  const line = [-0.006, 0.006].map((east) => [Number((longitude + east).toFixed(6)), Number(latitude.toFixed(6))])
  const { shoalest } = await post<{ shoalest: { depth: number } | null }>('/api/v1/depth_query', { line, withinMetres: 50 })
  assert.ok(shoalest, 'there is no water on the line')
  const view = `at=${latitude},${longitude},14&line=${line.map(([x, y]) => `${y},${x}`).join('~')}&tool=profile&units=meters`
  await window.open(`/map?${view}`)
  const panel = window.page.getByRole('region', { name: 'Depth profile', exact: true })
  const depth = Math.floor(shoalest.depth * 10 + 1e-6) / 10
  await panel.getByText(`Shoalest ${depth < 0 ? `dries ${-depth}` : depth} m`).waitFor()
  await panel.getByRole('button', { name: 'Table' }).click()
  await panel.getByRole('columnheader', { name: 'Survey quality' }).waitFor()
}

/** A buoy of the first of these charts that has one near its middle. */
async function litBuoy(charts: readonly string[]): Promise<LitBuoy> {
  for (const chart of charts) {
    const [west, south, east, north] = (await chartOf(chart)).bbox
    const position = { longitude: (west + east) / 2, latitude: (south + north) / 2 }
    const query = { position, radius: 20_000, zoom: 14, describe: true }
    const { results } = await post<{ results: Found[] }>('/api/v1/enc_query', query)
    for (const { layerId, parentCellName, position: at, words } of results) {
      const light = results.find((each) => each.layerId === 'LIGHTS' && String(each.position) === String(at))
      if (layerId === 'BOYLAT' && parentCellName === chart && at !== null && light !== undefined)
        return { at, buoy: words, light: light.words }
    }
  }
  throw new Error(`${charts.join(', ')}: no lit buoy`)
}

interface Found {
  layerId: string
  parentCellName: string
  position: [number, number] | null
  words: string
  source: { edition: number; update: number }
}

interface Chart {
  edition: number
  update: number
  bbox: [number, number, number, number]
}

async function chartOf(name: string): Promise<Chart> {
  const headers = { authorization: `Bearer ${session}` }
  const answer = await fetch(`${server.url}/api/portal/v1/charts/cells/${name}`, { headers })
  return ((await answer.json()) as { cell: Chart }).cell
}

/** Waits until the deletion job has brought an edition of the chart back, and the tiles have followed it: the browser keeps what it gets. */
async function returned(name: string, wanted: string): Promise<void> {
  const [west, south, east, north] = (await chartOf(name)).bbox
  const position = { longitude: (west + east) / 2, latitude: (south + north) / 2 }
  for (let turn = 0; turn < 300; turn++) {
    const query = { position, radius: 1_000, zoom: 15, describe: true }
    const { results } = await post<{ results: Found[] }>('/api/v1/enc_query', query)
    const sources = results.filter(({ parentCellName }) => parentCellName === name).map(({ source }) => source)
    if (sources.some(({ edition, update }) => `${edition}.${update}` === wanted)) return
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error(`${name} ${wanted} has not come back`)
}

async function post<T>(route: string, body: unknown): Promise<T> {
  const headers = { authorization: `Bearer ${session}`, 'content-type': 'application/json' }
  const answer = await fetch(server.url + route, { method: 'POST', headers, body: JSON.stringify(body) })
  assert.equal(answer.status, 200)
  return (await answer.json()) as T
}
